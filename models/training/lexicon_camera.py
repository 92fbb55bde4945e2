"""What the camera can do, in words. Slots: {adv}, {driver}. A template's mark tells whether the camera itself moves."""

def moves(plain: list[str], dolly: list[str] = ()) -> list[tuple[str, bool]]:
    """Templates with a mark on those that move the camera itself, which shows parallax."""
    return [(text, False) for text in plain] + [(text, True) for text in dolly]


def sideways(word: str) -> list[tuple[str, bool]]:
    return moves(
        [f"pan {{adv}} {word}", f"{{adv}} pan {word}", f"the camera pans {{adv}} {word}", f"camera pans {{adv}} to the {word}",
         f"camera {{adv}} panning {word}", f"pan the camera {word} {{adv}}", f"panning {{adv}} to the {word}",
         f"pan to the {word} {{adv}}", f"camera pan {word} {{adv}}", f"the view pans {word} {{adv}}",
         f"the shot pans {{adv}} {word}", f"{{adv}} {word} pan", f"the camera turns {{adv}} to the {word}", f"the camera looks {{adv}} {word}",
         f"{{adv}} camera pan to the {word}", f"the frame pans {word} {{adv}}", f"swing the camera {{adv}} {word}", f"{word}ward pan {{adv}}"],
        [f"the camera moves {{adv}} to the {word}", f"camera slides {{adv}} {word}", f"{{adv}} tracking shot to the {word}",
         f"truck {word} {{adv}}", f"the camera {{adv}} tracks {word}", f"dolly {word} {{adv}}", f"camera moves {word} {{adv}}",
         f"the camera travels {{adv}} {word}", f"camera movement to the {word} {{adv}}", f"the camera glides {{adv}} to the {word}",
         f"the shot moves {word} {{adv}}", f"the camera goes {{adv}} {word}", f"lateral tracking {word} {{adv}}", f"move {word} {{adv}}",
         f"{{adv}} sliding {word}", f"the camera drifts {{adv}} {word}"],
    )  # fmt: skip


def upright(word: str) -> list[tuple[str, bool]]:
    return moves(
        [f"tilt {{adv}} {word}", f"the camera tilts {{adv}} {word}", f"{{adv}} tilt {word}", f"camera {{adv}} tilting {word}",
         f"tilt the camera {word} {{adv}}", f"the view tilts {word} {{adv}}", f"camera tilts {word}wards {{adv}}",
         f"the camera looks {{adv}} {word}", f"{{adv}} camera tilt {word}", f"pan {word} {{adv}}", f"the camera pans {{adv}} {word}",
         f"tilting {word} {{adv}}", f"look {word} {{adv}}", f"the lens tilts {word} {{adv}}", f"{word}ward tilt {{adv}}"],
        [f"the camera moves {{adv}} {word}", f"crane {word} {{adv}}", f"pedestal {word} {{adv}}", f"camera {{adv}} moving {word}",
         f"the camera goes {{adv}} {word}", f"crane shot {word} {{adv}}", f"the camera travels {{adv}} {word}", f"boom {word} {{adv}}",
         f"the camera glides {word} {{adv}}", f"the shot moves {word} {{adv}}"],
    )  # fmt: skip


def turning(words: list[str]) -> list[tuple[str, bool]]:
    return moves(
        [text for word in words for text in
         (f"the camera rolls {{adv}} {word}", f"roll {{adv}} {word}", f"camera rotates {{adv}} {word}",
          f"rotate the camera {word} {{adv}}", f"{{adv}} {word} rotation", f"camera {{adv}} rolling {word}",
          f"{{adv}} camera roll {word}", f"the view rotates {{adv}} {word}", f"spin the camera {{adv}} {word}", f"the camera spins {{adv}} {word}",
          f"the frame turns {{adv}} {word}", f"dutch roll {{adv}} {word}", f"the picture rotates {{adv}} {word}", f"spin {{adv}} {word}")]
    )  # fmt: skip


CAMERA_MOVES = {
    "en": {
        ("pan", 1): sideways("right"),
        ("pan", -1): sideways("left"),
        ("tilt", 1): upright("down"),
        ("tilt", -1): upright("up"),
        ("zoom", 1): moves(
            ["zoom in {adv}", "{adv} zoom in", "the camera zooms in {adv}", "camera {adv} zooming in", "zooming {adv} in",
             "the camera {adv} zooms in", "zoom into the picture {adv}", "{adv} zoom", "zoom {adv} closer", "{adv} camera zoom in", "zoom in on the subject {adv}",
             "zoom in on the face {adv}", "zooming in {adv}", "the view zooms in {adv}", "magnify {adv}", "crop in {adv}", "the lens zooms {adv} in"],
            ["push in {adv}", "{adv} push in", "dolly in {adv}", "the camera moves {adv} closer", "the camera moves {adv} forward",
             "{adv} dolly forward", "camera {adv} pushes in", "the camera approaches {adv}", "get {adv} closer", "move {adv} closer",
             "move forward {adv}", "the camera glides {adv} forward", "the camera creeps in {adv}", "go {adv} closer to the subject",
             "camera dolly in {adv}", "the shot moves in {adv}", "dollying in {adv}", "pushing in {adv}", "fly {adv} forward"],
        ),
        ("zoom", -1): moves(
            ["zoom out {adv}", "{adv} zoom out", "the camera zooms out {adv}", "camera {adv} zooming out", "zooming {adv} out",
             "the camera {adv} zooms out", "{adv} camera zoom out", "zooming out {adv}", "the view zooms out {adv}", "widen the shot {adv}",
             "the view widens {adv}", "zoom {adv} out of the picture", "the lens zooms {adv} out"],
            ["pull back {adv}", "{adv} pull out", "dolly out {adv}", "the camera moves {adv} away", "the camera moves {adv} back",
             "camera {adv} pulls back", "the camera {adv} pulls out", "the camera retreats {adv}", "dolly back {adv}", "move {adv} away", "move back {adv}", "pull the camera back {adv}",
             "the camera glides {adv} backwards", "dolly {adv} backwards", "back away {adv}", "get {adv} farther away", "pulling back {adv}",
             "the shot pulls out {adv}", "fly {adv} backwards"],
        ),
        ("roll", 1): turning(["clockwise", "to the right"]),
        ("roll", -1): turning(["counterclockwise", "anticlockwise", "counter-clockwise", "to the left"]),
        ("orbit", 1): moves(
            ["orbit {adv} to the right", "the camera orbits {adv} right", "{adv} orbit shot", "the camera circles {adv} around the subject",
             "orbit {adv} around her", "arc shot {adv} to the right", "arc {adv} right", "the camera moves {adv} around the subject"],
        ),
        ("orbit", -1): moves(
            ["orbit {adv} to the left", "the camera orbits {adv} left", "arc shot {adv} to the left", "arc {adv} left",
             "the camera circles {adv} left around the subject"],
        ),
        ("whip", 1): moves(["whip pan right", "whip pan", "fast whip to the right", "the camera whips right", "swish pan right", "whip pan to the right"]),
        ("whip", -1): moves(["whip pan left", "whip pan to the left", "the camera whips left", "swish pan left", "fast whip to the left"]),
    },
    "zh": {
        ("orbit", 1): moves(["镜头{adv}环绕", "{adv}环绕主体", "镜头{adv}向右环绕", "{adv}环绕拍摄", "镜头{adv}绕着人物转", "{adv}向右环绕"]),
        ("orbit", -1): moves(["镜头{adv}向左环绕", "{adv}向左环绕", "{adv}向左环绕主体"]),
        ("whip", 1): moves(["向右甩镜头", "甩镜头", "镜头猛地甩向右边", "快速甩镜向右"]),
        ("whip", -1): moves(["向左甩镜头", "镜头猛地甩向左边", "快速甩镜向左"]),
        ("pan", 1): moves(["镜头{adv}向右摇", "镜头{adv}右摇", "{adv}向右平移", "摄像机{adv}向右摇", "相机{adv}向右转", "{adv}右摇", "画面{adv}向右平移", "{adv}向右摇镜",
                           "镜头{adv}往右摇", "视角{adv}向右转", "镜头{adv}转向右边", "{adv}往右平移", "镜头{adv}向右平移", "镜头向右{adv}平移", "向右{adv}摇摄"],
                          ["镜头{adv}向右移动", "镜头{adv}右移", "摄像机{adv}向右移", "{adv}向右移动镜头", "向右{adv}移动",
                           "镜头{adv}往右移", "{adv}向右推移", "镜头{adv}向右滑动", "{adv}右移", "相机{adv}向右滑行"]),
        ("pan", -1): moves(["镜头{adv}向左摇", "镜头{adv}左摇", "{adv}向左平移", "摄像机{adv}向左摇", "相机{adv}向左转", "{adv}左摇", "画面{adv}向左平移", "{adv}向左摇镜",
                            "镜头{adv}往左摇", "视角{adv}向左转", "镜头{adv}转向左边", "{adv}往左平移", "镜头{adv}向左平移", "镜头向左{adv}平移", "向左{adv}摇摄"],
                           ["镜头{adv}向左移动", "镜头{adv}左移", "摄像机{adv}向左移", "{adv}向左移动镜头", "向左{adv}移动",
                            "镜头{adv}往左移", "{adv}向左推移", "镜头{adv}向左滑动", "{adv}左移", "相机{adv}向左滑行"]),
        ("tilt", 1): moves(["镜头{adv}向下摇", "镜头{adv}下摇", "镜头{adv}俯下", "摄像机{adv}向下俯", "{adv}向下摇镜", "镜头{adv}往下摇", "视角{adv}向下", "{adv}下摇", "镜头{adv}向下看", "向下{adv}俯拍", "画面{adv}向下平移"],
                           ["镜头{adv}向下移动", "镜头{adv}下移", "镜头{adv}下降", "镜头{adv}往下移", "{adv}降下镜头", "相机{adv}下移", "{adv}下移"]),
        ("tilt", -1): moves(["镜头{adv}向上摇", "镜头{adv}上摇", "镜头{adv}仰起", "摄像机{adv}向上仰", "{adv}向上摇镜", "镜头{adv}往上摇", "视角{adv}向上", "{adv}上摇", "镜头{adv}向上看", "向上{adv}仰拍", "画面{adv}向上平移"],
                            ["镜头{adv}向上移动", "镜头{adv}上移", "镜头{adv}上升", "镜头{adv}往上移", "{adv}升起镜头", "相机{adv}上移", "{adv}上移"]),
        ("zoom", 1): moves(["镜头{adv}放大", "{adv}放大", "画面{adv}放大", "{adv}变焦放大", "{adv}变焦推近", "{adv}缩放放大", "将画面{adv}放大", "镜头{adv}聚焦放大"],
                           ["镜头{adv}推近", "镜头{adv}推进", "{adv}推镜头", "镜头{adv}拉近", "{adv}推近", "镜头{adv}靠近", "{adv}推进", "{adv}靠近", "镜头{adv}向前推", "镜头{adv}前移", "相机{adv}推近", "{adv}拉近", "镜头{adv}向前移动", "镜头{adv}逼近"]),
        ("zoom", -1): moves(["镜头{adv}缩小", "{adv}缩小", "画面{adv}缩小", "{adv}变焦缩小", "将画面{adv}缩小", "视野{adv}变宽"],
                            ["镜头{adv}拉远", "镜头{adv}拉开", "{adv}拉镜头", "镜头{adv}后退", "{adv}拉远", "镜头{adv}远离", "{adv}后退", "{adv}后拉", "镜头{adv}向后拉", "镜头{adv}后移", "相机{adv}拉远", "镜头{adv}向后移动", "{adv}远离"]),
        ("roll", 1): moves(["镜头{adv}顺时针旋转", "{adv}顺时针旋转", "画面{adv}顺时针转动", "镜头{adv}顺时针转", "{adv}顺时针转动镜头", "相机{adv}顺时针旋转", "{adv}顺时针转动", "视角{adv}顺时针旋转", "镜头{adv}向右旋转", "镜头{adv}向右倾斜"]),
        ("roll", -1): moves(["镜头{adv}逆时针旋转", "{adv}逆时针旋转", "画面{adv}逆时针转动", "镜头{adv}逆时针转", "{adv}逆时针转动镜头", "相机{adv}逆时针旋转", "{adv}逆时针转动", "视角{adv}逆时针旋转", "镜头{adv}向左旋转", "镜头{adv}向左倾斜"]),
    },
}  # fmt: skip

CAMERA_ON_DRIVER = {
    "en": {
        "shake": ["the camera shakes {adv} {driver}", "camera shake {driver}", "camera {adv} shaking {driver}", "screen shake {driver}",
                  "{adv} camera shake {driver}", "shaky camera {driver}", "the frame shakes {adv} {driver}", "the camera rattles {adv} {driver}",
                  "the camera jolts {adv} {driver}", "earthquake shake {driver}"],
        "punch": ["the camera punches in {adv} {driver}", "zoom pulses {adv} {driver}", "zoom punch {driver}",
                  "the camera zoom bounces {adv} {driver}", "punch zoom {driver}", "the zoom pumps {adv} {driver}", "zoom {adv} in and out {driver}",
                  "the camera pumps {adv} {driver}", "the zoom pulses {adv} {driver}", "pulsing zoom {driver}", "the camera punches {driver}", "{adv} zoom pulse {driver}"],
        "dip": ["the camera bounces {adv} {driver}", "camera bounce {driver}", "the camera bobs {adv} {driver}", "the frame jumps {adv} {driver}", "the frame bounces {adv} {driver}", "the camera jumps {adv} {driver}", "bouncing camera {driver}"],
    },
    "zh": {
        "shake": ["镜头{driver}{adv}抖动", "镜头{driver}{adv}震动", "画面{driver}{adv}震动", "画面{driver}{adv}抖动", "镜头{driver}{adv}晃动", "{driver}{adv}震屏", "{driver}镜头{adv}震颤"],
        "punch": ["镜头{driver}{adv}冲击缩放", "{driver}{adv}缩放跳动", "镜头{driver}{adv}缩放", "画面{driver}{adv}缩放脉动", "{driver}变焦{adv}脉动", "{driver}镜头{adv}推拉"],
        "dip": ["镜头{driver}{adv}弹跳", "镜头{driver}{adv}上下跳动", "画面{driver}{adv}弹跳", "画面{driver}{adv}上下跳"],
    },
}  # fmt: skip

HANDHELD = {
    "en": ["handheld camera", "hand-held shot", "handheld footage", "shaky handheld camera", "natural handheld movement", "hand held camera", "handheld", "a handheld look",
           "handheld camera movement", "slight handheld sway of the camera", "camcorder footage", "filmed by hand"],
    "zh": ["手持镜头", "手持拍摄", "手持摄影晃动", "手持", "手持感", "手持摄像机", "手持晃动"],
}
