"""Words that keep things still."""

HOLDS = {
    "en": {
        "all": ["still", "static", "completely still", "a still photograph", "no motion", "nothing moves", "frozen", "motionless",
                "no movement at all", "still image", "perfectly static",
                "freeze", "stay still", "keep everything still", "do not move anything", "a static image", "totally still", "no animation", "still photo",
                "without any motion", "without motion", "hold still", "nothing happens", "keep still", "everything stays still", "static picture"],
        "camera": ["static camera", "static shot", "locked-off camera", "the camera stays still", "tripod shot", "no camera movement",
                   "fixed camera", "the camera does not move", "camera is still", "stationary camera",
                   "without camera motion", "without camera movement", "no camera motion", "do not move the camera", "keep the camera still", "steady camera",
                   "still camera", "locked camera", "static framing", "the camera is static", "camera fixed", "camera on a tripod", "camera stays in place",
                   "the camera holds still", "locked off", "fixed shot", "keep the camera fixed", "the camera remains still",
                   "camera still", "camera static", "camera locked", "camera steady", "camera stays still", "camera does not move", "no camera"],
        "local": ["stable face", "steady face", "the subject stays still", "no warping", "the person does not move", "still subject",
                  "no deformation", "nobody moves",
                  "the subject does not move", "the subject is still", "static subject", "keep the subject still", "keep the face stable", "keep the face still",
                  "do not move the subject", "she does not move", "he stays still", "she stays still", "without moving the subject", "no subject motion",
                  "no sway", "no swaying", "no bobbing", "no dancing", "without distortion", "the face stays stable", "no distortion", "no bounce", "the person stays still",
                  "subject still", "subject static", "person still", "face still", "face stable", "subject stays still", "she is still", "he does not move"],
        "light": ["no flicker", "no flashing", "steady light", "constant lighting", "the light stays constant", "no light changes",
                  "do not flash", "no flickering", "without flashes", "stable lighting",
                  "no light pulses", "no pulsing light", "no strobe", "without strobe", "without flicker", "without flickering", "the light does not change",
                  "keep the light steady", "keep the light constant", "still light", "static light", "no pulsing", "no flash", "unchanging light", "no light effects",
                  "do not change the light", "the brightness stays constant", "constant brightness", "no lighting changes",
                  "light steady", "lights steady", "light constant", "light still", "lights do not flash", "light stays constant"],
    },
    "zh": {
        "all": ["静止", "完全静止", "静止画面", "没有任何运动", "画面不动", "一动不动", "保持静止", "不要动", "静态画面", "静态", "不要任何运动", "静态图片", "定格", "全部静止", "没有运动", "什么都不要动", "完全不动"],
        "camera": ["固定镜头", "镜头不动", "机位固定", "镜头静止", "不要移动镜头", "没有镜头运动", "镜头保持不动", "镜头固定", "不要镜头运动", "静止镜头", "固定机位", "相机不动", "机位不动", "镜头不要动", "不要运镜", "没有运镜", "镜头稳定不动"],
        "local": ["面部稳定", "人物不动", "脸部稳定", "主体静止", "不要变形", "人物保持静止", "脸部不动", "主体不动", "人物不要动", "面部不变形", "人物静止", "脸保持稳定", "不要摇摆", "不要晃动人物", "主体保持不动", "她不动", "他不动"],
        "light": ["不要闪烁", "灯光稳定", "光线不变", "不要闪光", "没有闪烁", "亮度稳定", "灯光不变", "没有闪光", "不要频闪", "光线稳定", "不要脉动", "亮度不变", "光线保持不变", "不要灯光变化", "没有灯光变化", "无闪烁", "灯光不要变化"],
    },
}  # fmt: skip

FORBIDDEN = {
    "en": {
        "zoom": ["no zoom", "without zooming", "no zooming", "do not zoom", "without zoom", "don't zoom", "no zoom in"],
        "pan": ["no pan", "without panning", "no panning", "do not pan"],
        "tilt": ["no tilt", "without tilting", "no tilting"],
        "roll": ["no rotation", "without rotation", "no rolling", "do not rotate", "no roll"],
        "shake": ["no shake", "no camera shake", "without shaking", "no shaking"],
        "glow": ["no glow", "without glow", "no bloom"],
        "pulse": ["no light pulse", "without light pulses"],
    },
    "zh": {
        "zoom": ["不要缩放", "不要变焦", "没有缩放", "不缩放", "不要放大", "不要推近"],
        "pan": ["不要平移", "没有平移", "不要摇镜"],
        "tilt": ["不要俯仰", "没有俯仰"],
        "roll": ["不要旋转", "没有旋转", "不旋转"],
        "shake": ["不要抖动", "没有抖动", "不抖动"],
        "glow": ["不要光晕", "没有光晕", "不要发光"],
        "pulse": ["不要光线脉动", "没有光线脉动"],
    },
}
"""One amount ruled out; everything else stays as it would be."""

OVERALL = {
    "en": {0.45: ["subtle motion", "subtle movement", "gentle motion", "very subtle", "calm", "minimal motion", "a little motion", "soft movement"],
           1.7: ["strong motion", "energetic", "dynamic", "lots of motion", "wild", "intense", "more motion"]},
    "zh": {0.45: ["轻微动态", "微动", "轻柔的动态", "平静", "动作轻微", "幅度小"],
           1.7: ["动感十足", "强烈动态", "充满活力", "幅度大", "激烈的动态"]},
}  # fmt: skip
"""Words that scale everything the prompt leaves open."""
