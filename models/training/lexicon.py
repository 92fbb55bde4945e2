"""Words and phrases of the prompt grammar, English and Chinese. Slots: {adv}, {driver}, {subject}."""

ADVERBS = {
    "en": {
        "slow": ["slowly", "gently", "very slowly", "slow", "gradually", "leisurely"],
        "normal": ["smoothly", "steadily", "at normal speed", "at a medium pace"],
        "fast": ["quickly", "fast", "rapidly", "swiftly", "very fast", "briskly"],
    },
    "zh": {
        "slow": ["缓慢", "慢慢", "缓缓", "慢速", "轻轻", "缓慢地", "慢慢地"],
        "normal": ["平稳", "匀速", "平稳地", "中速"],
        "fast": ["快速", "迅速", "急速", "飞快地", "快速地", "很快"],
    },
}

STRENGTHS = {
    "en": {
        "low": ["subtly", "slightly", "softly", "gently", "a little", "faintly"],
        "normal": ["", "", "", "", "visibly", "clearly"],
        "high": ["strongly", "intensely", "dramatically", "heavily", "a lot", "powerfully", "wildly"],
    },
    "zh": {
        "low": ["轻微", "微微", "轻轻", "稍微", "柔和地"],
        "normal": ["", "", "", "明显地"],
        "high": ["强烈", "剧烈", "大幅", "猛烈地", "强烈地"],
    },
}

DRIVER_PHRASES = {
    "en": {
        "beat": ["on the beat", "to the beat", "with the beat", "on every beat", "with each beat", "with the rhythm",
                 "in time with the music", "to the music", "with the music", "to the rhythm"],
        "downbeat": ["on the downbeat", "on every downbeat", "on each bar", "on the first beat of every bar", "every bar"],
        "bass": ["with the bass", "to the bass", "on the kick", "with the kick drum", "on the bass drum", "with the low end"],
        "mid": ["with the vocals", "with the melody", "to the voice", "with the guitar", "with the mids", "to the piano"],
        "high": ["with the hi-hats", "with the treble", "with the cymbals", "to the highs", "on the hi hat"],
        "onset": ["with every hit", "on every note", "with the drums", "on every onset", "on each hit", "with every sound"],
    },
    "zh": {
        "beat": ["随节拍", "跟着节拍", "随着音乐", "跟着节奏", "随节奏", "每一拍", "跟随音乐节拍", "踩着拍子"],
        "downbeat": ["在重拍", "随重拍", "每小节", "在每小节第一拍"],
        "bass": ["随低音", "跟着低音", "随着贝斯", "跟着底鼓", "随低频"],
        "mid": ["随人声", "跟着旋律", "随吉他", "跟着歌声", "随中频"],
        "high": ["随高音", "跟着镲片", "随高频", "跟着踩镲"],
        "onset": ["随每个音符", "随鼓点", "跟着鼓点", "每一下鼓声", "随每次敲击"],
    },
}  # fmt: skip


def moves(plain: list[str], dolly: list[str] = ()) -> list[tuple[str, bool]]:
    """Templates with a mark on those that move the camera itself, which shows parallax."""
    return [(text, False) for text in plain] + [(text, True) for text in dolly]


def sideways(word: str) -> list[tuple[str, bool]]:
    return moves(
        [f"pan {{adv}} {word}", f"{{adv}} pan {word}", f"the camera pans {{adv}} {word}", f"camera pans {{adv}} to the {word}",
         f"camera {{adv}} panning {word}", f"pan the camera {word} {{adv}}", f"panning {{adv}} to the {word}",
         f"pan to the {word} {{adv}}", f"camera pan {word} {{adv}}", f"the view pans {word} {{adv}}"],
        [f"the camera moves {{adv}} to the {word}", f"camera slides {{adv}} {word}", f"{{adv}} tracking shot to the {word}",
         f"truck {word} {{adv}}", f"the camera {{adv}} tracks {word}", f"dolly {word} {{adv}}", f"camera moves {word} {{adv}}"],
    )  # fmt: skip


def upright(word: str) -> list[tuple[str, bool]]:
    return moves(
        [f"tilt {{adv}} {word}", f"the camera tilts {{adv}} {word}", f"{{adv}} tilt {word}", f"camera {{adv}} tilting {word}",
         f"tilt the camera {word} {{adv}}", f"the view tilts {word} {{adv}}", f"camera tilts {word}wards {{adv}}"],
        [f"the camera moves {{adv}} {word}", f"crane {word} {{adv}}", f"pedestal {word} {{adv}}", f"camera {{adv}} moving {word}"],
    )  # fmt: skip


def turning(words: list[str]) -> list[tuple[str, bool]]:
    return moves(
        [text for word in words for text in
         (f"the camera rolls {{adv}} {word}", f"roll {{adv}} {word}", f"camera rotates {{adv}} {word}",
          f"rotate the camera {word} {{adv}}", f"{{adv}} {word} rotation", f"camera {{adv}} rolling {word}")]
    )  # fmt: skip


CAMERA_MOVES = {
    "en": {
        ("pan", 1): sideways("right"),
        ("pan", -1): sideways("left"),
        ("tilt", 1): upright("down"),
        ("tilt", -1): upright("up"),
        ("zoom", 1): moves(
            ["zoom in {adv}", "{adv} zoom in", "the camera zooms in {adv}", "camera {adv} zooming in", "zooming {adv} in",
             "the camera {adv} zooms in", "zoom into the picture {adv}", "{adv} zoom"],
            ["push in {adv}", "{adv} push in", "dolly in {adv}", "the camera moves {adv} closer", "the camera moves {adv} forward",
             "{adv} dolly forward", "camera {adv} pushes in", "the camera approaches {adv}"],
        ),
        ("zoom", -1): moves(
            ["zoom out {adv}", "{adv} zoom out", "the camera zooms out {adv}", "camera {adv} zooming out", "zooming {adv} out",
             "the camera {adv} zooms out"],
            ["pull back {adv}", "{adv} pull out", "dolly out {adv}", "the camera moves {adv} away", "the camera moves {adv} back",
             "camera {adv} pulls back", "the camera {adv} pulls out", "the camera retreats {adv}", "dolly back {adv}"],
        ),
        ("roll", 1): turning(["clockwise", "to the right"]),
        ("roll", -1): turning(["counterclockwise", "anticlockwise", "counter-clockwise", "to the left"]),
    },
    "zh": {
        ("pan", 1): moves(["镜头{adv}向右摇", "镜头{adv}右摇", "{adv}向右平移", "摄像机{adv}向右摇", "相机{adv}向右转"],
                          ["镜头{adv}向右移动", "镜头{adv}右移", "摄像机{adv}向右移", "{adv}向右移动镜头", "向右{adv}移动"]),
        ("pan", -1): moves(["镜头{adv}向左摇", "镜头{adv}左摇", "{adv}向左平移", "摄像机{adv}向左摇", "相机{adv}向左转"],
                           ["镜头{adv}向左移动", "镜头{adv}左移", "摄像机{adv}向左移", "{adv}向左移动镜头", "向左{adv}移动"]),
        ("tilt", 1): moves(["镜头{adv}向下摇", "镜头{adv}下摇", "镜头{adv}俯下", "摄像机{adv}向下俯", "{adv}向下摇镜"],
                           ["镜头{adv}向下移动", "镜头{adv}下移", "镜头{adv}下降"]),
        ("tilt", -1): moves(["镜头{adv}向上摇", "镜头{adv}上摇", "镜头{adv}仰起", "摄像机{adv}向上仰", "{adv}向上摇镜"],
                            ["镜头{adv}向上移动", "镜头{adv}上移", "镜头{adv}上升"]),
        ("zoom", 1): moves(["镜头{adv}放大", "{adv}放大", "画面{adv}放大", "{adv}变焦放大"],
                           ["镜头{adv}推近", "镜头{adv}推进", "{adv}推镜头", "镜头{adv}拉近", "{adv}推近", "镜头{adv}靠近"]),
        ("zoom", -1): moves(["镜头{adv}缩小", "{adv}缩小", "画面{adv}缩小"],
                            ["镜头{adv}拉远", "镜头{adv}拉开", "{adv}拉镜头", "镜头{adv}后退", "{adv}拉远", "镜头{adv}远离"]),
        ("roll", 1): moves(["镜头{adv}顺时针旋转", "{adv}顺时针旋转", "画面{adv}顺时针转动", "镜头{adv}顺时针转"]),
        ("roll", -1): moves(["镜头{adv}逆时针旋转", "{adv}逆时针旋转", "画面{adv}逆时针转动", "镜头{adv}逆时针转"]),
    },
}  # fmt: skip

CAMERA_ON_DRIVER = {
    "en": {
        "shake": ["the camera shakes {adv} {driver}", "camera shake {driver}", "camera {adv} shaking {driver}", "screen shake {driver}"],
        "punch": ["the camera punches in {adv} {driver}", "zoom pulses {adv} {driver}", "zoom punch {driver}",
                  "the camera zoom bounces {adv} {driver}"],
        "dip": ["the camera bounces {adv} {driver}", "camera bounce {driver}", "the camera bobs {adv} {driver}", "the frame jumps {adv} {driver}"],
    },
    "zh": {
        "shake": ["镜头{driver}{adv}抖动", "镜头{driver}{adv}震动", "画面{driver}{adv}震动"],
        "punch": ["镜头{driver}{adv}冲击缩放", "{driver}{adv}缩放跳动"],
        "dip": ["镜头{driver}{adv}弹跳", "镜头{driver}{adv}上下跳动"],
    },
}  # fmt: skip

HANDHELD = {
    "en": ["handheld camera", "hand-held shot", "handheld footage", "shaky handheld camera", "natural handheld movement"],
    "zh": ["手持镜头", "手持拍摄", "手持摄影晃动"],
}

SUBJECTS = {
    "en": ["the subject", "she", "he", "it", "the singer", "the dancer", "the woman", "the man", "the girl", "the boy",
           "the character", "the animal", "the cat", "the dog", "the bird", "the person", "the figure", "the foreground",
           "the object", "the child", "the artist", "the performer"],
    "zh": ["主体", "她", "他", "它", "人物", "歌手", "舞者", "女人", "男人", "女孩", "男孩", "角色", "动物", "小猫", "小狗", "前景", "孩子"],
}  # fmt: skip

LOCAL_MOVES = {
    "en": {
        "sway": [("{subject} sways {adv} {driver}", {"sway": 1.0}, "sound"), ("{subject} {adv} swaying {driver}", {"sway": 1.0}, "sound"),
                 ("{subject} rocks side to side {adv} {driver}", {"sway": 1.0}, "sound"), ("{subject} swings {adv} {driver}", {"sway": 1.0}, "sound")],
        "bob": [("{subject} bobs {adv} {driver}", {"bob": 1.0}, "sound"), ("{subject} nods {adv} {driver}", {"bob": 1.0}, "sound"),
                ("{subject} moves up and down {adv} {driver}", {"bob": 1.0}, "sound"), ("{subject} {adv} bobbing {driver}", {"bob": 1.0}, "sound")],
        "bounce": [("{subject} bounces {adv} {driver}", {"bounce": 1.0}, "sound"), ("{subject} jumps {adv} {driver}", {"bounce": 1.0}, "sound"),
                   ("{subject} {adv} bouncing {driver}", {"bounce": 1.0}, "sound"), ("{subject} hops {adv} {driver}", {"bounce": 1.0}, "sound")],
        "dance": [("{subject} dances {adv} {driver}", {"sway": 0.9, "bob": 0.7}, "sound"), ("{subject} dancing {driver}", {"sway": 0.9, "bob": 0.7}, "sound"),
                  ("{subject} grooves {adv} {driver}", {"sway": 0.9, "bob": 0.7}, "sound"), ("{subject} moves {adv} {driver}", {"sway": 0.9, "bob": 0.7}, "sound")],
        "swell": [("{subject} pulses {adv} {driver}", {"swell": 1.0}, "sound"), ("{subject} swells {adv} {driver}", {"swell": 1.0}, "sound"),
                  ("{subject} grows and shrinks {adv} {driver}", {"swell": 1.0}, "sound"), ("{subject} throbs {adv} {driver}", {"swell": 1.0}, "sound")],
        "breathe": [("{subject} breathes {adv}", {"breathe": 1.0}, "free"), ("{subject} {adv} breathing", {"breathe": 1.0}, "free")],
        "drift": [("{subject} drifts {adv} to the right", {"drift_x": 1.0}, "free"), ("{subject} drifts {adv} to the left", {"drift_x": -1.0}, "free"),
                  ("{subject} floats {adv} up", {"drift_y": -1.0}, "free"), ("{subject} sinks {adv} down", {"drift_y": 1.0}, "free")],
        "orbit": [("{subject} moves {adv} in circles", {"orbit": 1.0}, "free"), ("{subject} circles {adv}", {"orbit": 1.0}, "free")],
        "tremble": [("{subject} trembles {adv} {driver}", {"tremble": 1.0}, "sound"), ("{subject} shakes {adv} {driver}", {"tremble": 1.0}, "sound"),
                    ("{subject} vibrates {adv} {driver}", {"tremble": 1.0}, "sound")],
    },
    "zh": {
        "sway": [("{subject}{driver}{adv}摇摆", {"sway": 1.0}, "sound"), ("{subject}{driver}{adv}左右摇晃", {"sway": 1.0}, "sound"),
                 ("{subject}{driver}{adv}晃动", {"sway": 1.0}, "sound")],
        "bob": [("{subject}{driver}{adv}点头", {"bob": 1.0}, "sound"), ("{subject}{driver}{adv}上下起伏", {"bob": 1.0}, "sound"),
                ("{subject}{driver}{adv}上下浮动", {"bob": 1.0}, "sound")],
        "bounce": [("{subject}{driver}{adv}弹跳", {"bounce": 1.0}, "sound"), ("{subject}{driver}{adv}跳动", {"bounce": 1.0}, "sound"),
                   ("{subject}{driver}{adv}跳跃", {"bounce": 1.0}, "sound")],
        "dance": [("{subject}{driver}{adv}跳舞", {"sway": 0.9, "bob": 0.7}, "sound"), ("{subject}{driver}{adv}舞动", {"sway": 0.9, "bob": 0.7}, "sound"),
                  ("{subject}{driver}{adv}律动", {"sway": 0.9, "bob": 0.7}, "sound")],
        "swell": [("{subject}{driver}{adv}脉动", {"swell": 1.0}, "sound"), ("{subject}{driver}{adv}膨胀收缩", {"swell": 1.0}, "sound")],
        "breathe": [("{subject}{adv}呼吸", {"breathe": 1.0}, "free")],
        "drift": [("{subject}{adv}向右飘动", {"drift_x": 1.0}, "free"), ("{subject}{adv}向左飘动", {"drift_x": -1.0}, "free"),
                  ("{subject}{adv}向上飘起", {"drift_y": -1.0}, "free"), ("{subject}{adv}向下沉", {"drift_y": 1.0}, "free")],
        "orbit": [("{subject}{adv}绕圈", {"orbit": 1.0}, "free"), ("{subject}{adv}打转", {"orbit": 1.0}, "free")],
        "tremble": [("{subject}{driver}{adv}颤抖", {"tremble": 1.0}, "sound"), ("{subject}{driver}{adv}振动", {"tremble": 1.0}, "sound")],
    },
}  # fmt: skip

LIGHTS = {
    "en": {
        "pulse": [("the light pulses {adv} {driver}", {"pulse": 1.0}, "sound"), ("lights pulse {adv} {driver}", {"pulse": 1.0}, "sound"),
                  ("brightness pulses {adv} {driver}", {"pulse": 1.0}, "sound"), ("the light {adv} pulsing {driver}", {"pulse": 1.0}, "sound"),
                  ("the lighting reacts {adv} {driver}", {"pulse": 1.0}, "sound"), ("light beats {driver}", {"pulse": 1.0}, "sound"),
                  ("the picture brightens {adv} {driver}", {"pulse": 1.0}, "sound")],
        "flash": [("the lights flash {adv} {driver}", {"pulse": 1.6}, "sound"), ("strobe light {driver}", {"pulse": 1.8}, "sound"),
                  ("flashes {driver}", {"pulse": 1.6}, "sound"), ("lightning flashes {driver}", {"pulse": 1.8}, "sound")],
        "glow": [("a glow pulses {adv} {driver}", {"glow": 1.5}, "sound"), ("glowing {adv} {driver}", {"glow": 1.5}, "sound"),
                 ("the highlights glow {adv} {driver}", {"glow": 1.5}, "sound"), ("bloom {driver}", {"glow": 1.5}, "sound"),
                 ("neon glow {driver}", {"glow": 1.5, "cycle": 0.4}, "sound")],
        "breathing": [("the light breathes {adv}", {"breathing": 1.0}, "free"), ("the light slowly rises and falls", {"breathing": 1.0}, "free")],
        "flicker": [("the light flickers {adv}", {"flicker": 1.0}, "free"), ("candle light flickering", {"flicker": 1.0, "warmth": 0.5}, "free"),
                    ("flickering light", {"flicker": 1.0}, "free")],
        "sweep": [("a light sweeps across {adv}", {"sweep": 1.0}, "free"), ("spotlight sweeping over the scene", {"sweep": 1.0}, "free"),
                  ("a beam of light passes {adv} across", {"sweep": 1.0}, "free")],
        "warm": [("the light turns {adv} warm", {"warmth": 1.0}, "free"), ("warm golden light", {"warmth": 1.0}, "free"),
                 ("warmer colors", {"warmth": 1.0}, "free"), ("sunset mood", {"warmth": 1.0}, "free")],
        "cool": [("the light turns {adv} cold", {"warmth": -1.0}, "free"), ("cool blue light", {"warmth": -1.0}, "free"),
                 ("colder colours", {"warmth": -1.0}, "free"), ("icy mood", {"warmth": -1.0}, "free")],
        "cycle": [("the colours cycle {adv}", {"cycle": 1.0}, "free"), ("colors shift {adv}", {"cycle": 1.0}, "free"),
                  ("changing colored lights", {"cycle": 1.0}, "free")],
    },
    "zh": {
        "pulse": [("灯光{driver}{adv}跳动", {"pulse": 1.0}, "sound"), ("光线{driver}{adv}脉动", {"pulse": 1.0}, "sound"),
                  ("亮度{driver}{adv}变化", {"pulse": 1.0}, "sound"), ("灯光{driver}{adv}律动", {"pulse": 1.0}, "sound"),
                  ("画面{driver}{adv}变亮", {"pulse": 1.0}, "sound")],
        "flash": [("灯光{driver}{adv}闪烁", {"pulse": 1.6}, "sound"), ("{driver}{adv}闪光", {"pulse": 1.6}, "sound"),
                  ("频闪{driver}", {"pulse": 1.8}, "sound")],
        "glow": [("{driver}{adv}发光", {"glow": 1.5}, "sound"), ("光晕{driver}{adv}脉动", {"glow": 1.5}, "sound"),
                 ("霓虹{driver}{adv}发光", {"glow": 1.5, "cycle": 0.4}, "sound")],
        "breathing": [("灯光{adv}呼吸", {"breathing": 1.0}, "free"), ("光线{adv}明暗起伏", {"breathing": 1.0}, "free")],
        "flicker": [("烛光{adv}摇曳", {"flicker": 1.0, "warmth": 0.5}, "free"), ("灯光{adv}忽明忽暗", {"flicker": 1.0}, "free")],
        "sweep": [("光束{adv}扫过", {"sweep": 1.0}, "free"), ("聚光灯{adv}扫过画面", {"sweep": 1.0}, "free")],
        "warm": [("色调{adv}变暖", {"warmth": 1.0}, "free"), ("温暖的光线", {"warmth": 1.0}, "free"), ("金色暖光", {"warmth": 1.0}, "free")],
        "cool": [("色调{adv}变冷", {"warmth": -1.0}, "free"), ("冷色光线", {"warmth": -1.0}, "free"), ("蓝色冷光", {"warmth": -1.0}, "free")],
        "cycle": [("色彩{adv}变换", {"cycle": 1.0}, "free"), ("彩色灯光{adv}变幻", {"cycle": 1.0}, "free")],
    },
}  # fmt: skip

HOLDS = {
    "en": {
        "all": ["still", "static", "completely still", "a still photograph", "no motion", "nothing moves", "frozen", "motionless",
                "no movement at all", "still image", "perfectly static"],
        "camera": ["static camera", "static shot", "locked-off camera", "the camera stays still", "tripod shot", "no camera movement",
                   "fixed camera", "the camera does not move", "camera is still", "stationary camera"],
        "local": ["stable face", "steady face", "the subject stays still", "no warping", "the person does not move", "still subject",
                  "no deformation", "nobody moves"],
        "light": ["no flicker", "no flashing", "steady light", "constant lighting", "the light stays constant", "no light changes",
                  "do not flash", "no flickering", "without flashes", "stable lighting"],
    },
    "zh": {
        "all": ["静止", "完全静止", "静止画面", "没有任何运动", "画面不动", "一动不动", "保持静止", "不要动"],
        "camera": ["固定镜头", "镜头不动", "机位固定", "镜头静止", "不要移动镜头", "没有镜头运动", "镜头保持不动"],
        "local": ["面部稳定", "人物不动", "脸部稳定", "主体静止", "不要变形", "人物保持静止"],
        "light": ["不要闪烁", "灯光稳定", "光线不变", "不要闪光", "没有闪烁", "亮度稳定", "灯光不变"],
    },
}  # fmt: skip

NO_MOVE = {
    "en": {
        "zoom": ["no zoom", "without zooming", "no zooming", "do not zoom"],
        "pan": ["no pan", "without panning", "no panning"],
        "roll": ["no rotation", "without rotation", "no rolling"],
        "shake": ["no shake", "no camera shake", "without shaking"],
    },
    "zh": {
        "zoom": ["不要缩放", "不要变焦", "没有缩放"],
        "pan": ["不要平移", "没有平移"],
        "roll": ["不要旋转", "没有旋转"],
        "shake": ["不要抖动", "没有抖动"],
    },
}

CONNECTORS = {"en": [", ", ", ", " and ", ". ", ", while ", "; "], "zh": ["，", "，", "、", "。", "，同时", " "]}

DESCRIPTIONS = {
    "en": """a woman in a red coat|a man with a guitar|a city at night|a quiet forest|mountains in the morning|a portrait|a cat|a dog
|a bird on a branch|a flower|flowers|a train|an old house|the sea|a beach|snow|a lake|a bridge|a street|a car|a boat|a castle|a garden
|trees|autumn leaves|a desert|a waterfall|clouds|a horse|a lion|a bear|a rabbit|a fish|a butterfly|an elephant|a toy|a doll|a robot
|a child|a girl|a boy|an old man|a singer|a band on stage|a concert|a drummer|a dancer|a dj|a pianist|a violin|a guitar|a piano
|a microphone|headphones|a kitchen|food|a cake|fruit|an apple|a cup of coffee|a book|a window|a room|a church|a market|a field
|a farm|a river|an island|a village|a road|a garden at dusk|sunrise|sunset|night|rain|fog|a summer day|winter|spring|cinematic
|film grain|high quality|4k|8k|detailed|realistic|photo|photograph|picture|illustration|painting|vintage|retro|dreamy|moody|melancholic
|romantic|happy|sad|energetic|calm|peaceful|epic|mysterious|beautiful|colorful|black and white|close-up|wide shot|music video
|lo-fi|techno|rock|jazz|pop|classical|hip hop|ambient|bokeh|shallow depth of field|golden hour|studio light|neon signs|smoke
|a cartoon character|anime|a superhero|a wizard|a princess|a monster|an astronaut|space|stars|the moon|a planet|a cyberpunk city
|wearing sunglasses|long hair|smiling|looking at the camera|standing|sitting|in the center|in front of a wall|at home|outdoors""",
    "zh": """一个女人|穿红衣的女孩|弹吉他的男人|城市夜景|安静的森林|清晨的山|人像|一只猫|一只狗|树枝上的鸟|花朵|火车|老房子|大海|海滩|雪景|湖面|桥
|街道|汽车|小船|城堡|花园|树林|秋叶|沙漠|瀑布|云朵|马|狮子|熊|兔子|鱼|蝴蝶|大象|玩具|机器人|孩子|老人|舞台上的乐队|演唱会|鼓手|钢琴
|小提琴|麦克风|厨房|美食|蛋糕|水果|咖啡|书|窗户|房间|教堂|市场|田野|农场|河流|岛屿|村庄|道路|日出|日落|夜晚|下雨|雾|夏天|冬天|春天
|电影感|高清|细节丰富|写实|照片|插画|油画|复古|梦幻|忧郁|浪漫|欢快|悲伤|活力|平静|史诗|神秘|美丽|多彩|黑白|特写|全景|音乐视频|摇滚
|爵士|流行|古典|嘻哈|电子音乐|景深|黄金时刻|霓虹招牌|烟雾|卡通角色|动漫|超级英雄|公主|宇航员|太空|星星|月亮|赛博朋克城市|戴墨镜
|长发|微笑|看着镜头|站着|坐着|在户外""",
}
DESCRIPTIONS = {language: text.replace("\n", "").split("|") for language, text in DESCRIPTIONS.items()}
