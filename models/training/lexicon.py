"""Words of the prompt grammar that every group shares, English and Chinese."""

ADVERBS = {
    "en": {
        "slow": ["slowly", "gently", "very slowly", "slow", "gradually", "leisurely", "slightly", "subtly", "calmly", "unhurriedly", "a little", "lazily"],
        "normal": ["smoothly", "steadily", "at normal speed", "at a medium pace"],
        "fast": ["quickly", "fast", "rapidly", "swiftly", "very fast", "briskly", "strongly", "speedily", "hastily", "at high speed", "dramatically"],
    },
    "zh": {
        "slow": ["缓慢", "慢慢", "缓缓", "慢速", "轻轻", "缓慢地", "慢慢地", "徐徐", "轻微", "稍微", "微微"],
        "normal": ["平稳", "匀速", "平稳地", "中速"],
        "fast": ["快速", "迅速", "急速", "飞快地", "快速地", "很快", "飞快", "猛地", "迅速地", "大幅"],
    },
}

STRENGTHS = {
    "en": {
        "low": ["subtly", "slightly", "softly", "gently", "a little", "faintly", "barely", "lightly", "mildly", "delicately", "weakly", "a bit"],
        "normal": ["", "", "", "", "visibly", "clearly"],
        "high": ["strongly", "intensely", "dramatically", "heavily", "a lot", "powerfully", "wildly", "hard", "vigorously", "brightly", "violently", "energetically", "very much"],
    },
    "zh": {
        "low": ["轻微", "微微", "轻轻", "稍微", "柔和地", "微弱", "轻微地", "淡淡", "略微"],
        "normal": ["", "", "", "明显地"],
        "high": ["强烈", "剧烈", "大幅", "猛烈地", "强烈地", "用力", "大幅度", "猛烈", "激烈", "剧烈地"],
    },
}

DRIVER_PHRASES = {
    "en": {
        "beat": ["on the beat", "to the beat", "with the beat", "on every beat", "with each beat", "with the rhythm",
                 "in time with the music", "to the music", "with the music", "to the rhythm", "in rhythm", "in sync with the beat",
                 "in sync with the music", "following the beat", "each beat", "every beat", "at each beat", "to the song", "beat by beat"],
        "downbeat": ["on the downbeat", "on every downbeat", "on each bar", "on the first beat of every bar", "every bar",
                     "on the one", "on every bar", "with every bar", "each bar", "with the downbeat", "on each downbeat", "at every bar", "once per bar", "on every measure", "on the bar"],
        "bass": ["with the bass", "to the bass", "on the kick", "with the kick drum", "on the bass drum", "with the low end",
                 "on the bass", "with the bassline", "with the kick", "with bass hits", "to the low frequencies", "on every kick", "to the 808", "with the sub bass"],
        "mid": ["with the vocals", "with the melody", "to the voice", "with the guitar", "with the mids", "to the piano",
                "with the voice", "with the singing", "to the vocals", "to the melody", "with the synth", "with the midrange", "with the strings"],
        "high": ["with the hi-hats", "with the treble", "with the cymbals", "to the highs", "on the hi hat",
                 "with the hi hats", "with the highs", "to the treble", "on the cymbals", "with the high frequencies", "to the hi-hats", "on the hats"],
        "energy": ["with the energy of the song", "with the energy", "with the loudness", "with the volume", "as the music gets louder",
                   "with the intensity of the music", "with the dynamics"],
        "onset": ["with every hit", "on every note", "with the drums", "on every onset", "on each hit", "with every sound",
                  "with the snare", "on the drums", "to the drums", "with the percussion", "with each note", "on drum hits", "with the hits"],
    },
    "zh": {
        "beat": ["随节拍", "跟着节拍", "随着音乐", "跟着节奏", "随节奏", "每一拍", "跟随音乐节拍", "踩着拍子",
                 "随节拍", "随拍子", "跟随节拍", "伴随节奏", "和着节拍", "按节拍", "跟着音乐", "随着节拍", "随音乐"],
        "downbeat": ["在重拍", "随重拍", "每小节", "在每小节第一拍", "每个重拍", "跟着重拍", "随着强拍", "在强拍"],
        "bass": ["随低音", "跟着低音", "随着贝斯", "跟着底鼓", "随低频", "随着低音", "跟随低音", "随贝斯", "随底鼓", "低音一响就"],
        "mid": ["随人声", "跟着旋律", "随吉他", "跟着歌声", "随中频", "随旋律", "随着人声", "随歌声", "随钢琴"],
        "high": ["随高音", "跟着镲片", "随高频", "跟着踩镲", "随着高音", "随镲片", "随踩镲", "跟着高频"],
        "energy": ["随音乐能量", "随能量", "随音量", "随响度", "跟着音乐的强弱", "随歌曲起伏"],
        "onset": ["随每个音符", "随鼓点", "跟着鼓点", "每一下鼓声", "随每次敲击", "随着鼓声", "随军鼓", "跟着鼓声"],
    },
}  # fmt: skip

CONNECTORS = {"en": [", ", ", ", " and ", ". ", ", while ", "; ", " while ", " + ", ", then ", " with ", ", and ", " as "], "zh": ["，", "，", "、", "。", "，同时", " ", "，并且", "而", "；"]}

DESCRIPTIONS = {
    "en": """a woman in a red coat|a man with a guitar|a city at night|a quiet forest|mountains in the morning|a portrait|a cat|a dog
|a bird on a branch|a flower|flowers|a train|an old house|the sea|a beach|snow|a lake|a bridge|a street|a car|a boat|a castle|a garden
|trees|autumn leaves on the ground|a desert|a waterfall|clouds|a horse|a lion|a bear|a rabbit|a fish|a butterfly|an elephant|a toy|a doll|a robot
|a child|a girl|a boy|an old man|a singer|a band on stage|a concert|a drummer|a dancer|a dj|a pianist|a violin|a guitar|a piano
|a microphone|headphones|a kitchen|food|a cake|fruit|an apple|a cup of coffee|a book|a window|a room|a church|a market|a field
|a farm|a river|an island|a village|a road|a garden at dusk|at sunset|at night|rain|fog|a summer day|winter|spring|cinematic
|film grain|high quality|4k|8k|detailed|realistic|photo|photograph|picture|illustration|painting|vintage|retro|dreamy|moody|melancholic
|romantic|happy|sad|peaceful|epic|mysterious|beautiful|colorful|black and white|close-up|wide shot|music video
|lo-fi|techno|rock|jazz|pop|classical|hip hop|ambient|bokeh|shallow depth of field|golden hour|studio light|neon signs|smoky
|a cartoon character|anime|a superhero|a wizard|a princess|a monster|an astronaut|space|stars|the moon|a planet|a cyberpunk city
|wearing sunglasses|long hair|smiling|looking at the camera|standing|sitting|in the center|in front of a wall|at home|outdoors""",
    "zh": """一个女人|穿红衣的女孩|弹吉他的男人|城市夜景|安静的森林|清晨的山|人像|一只猫|一只狗|树枝上的鸟|花朵|火车|老房子|大海|海滩|雪景|湖面|桥
|街道|汽车|小船|城堡|花园|树林|秋叶|沙漠|瀑布|云朵|马|狮子|熊|兔子|鱼|蝴蝶|大象|玩具|机器人|孩子|老人|舞台上的乐队|演唱会|鼓手|钢琴
|小提琴|麦克风|厨房|美食|蛋糕|水果|咖啡|书|窗户|房间|教堂|市场|田野|农场|河流|岛屿|村庄|道路|黄昏|夜晚|下雨|雾|夏天|冬天|春天
|电影感|高清|细节丰富|写实|照片|插画|油画|复古|梦幻|忧郁|浪漫|欢快|悲伤|活力|平静|史诗|神秘|美丽|多彩|黑白|特写|全景|音乐视频|摇滚
|爵士|流行|古典|嘻哈|电子音乐|景深|黄金时刻|霓虹招牌|卡通角色|动漫|超级英雄|公主|宇航员|太空|星星|月亮|赛博朋克城市|戴墨镜
|长发|微笑|看着镜头|站着|坐着|在户外""",
}
DESCRIPTIONS = {language: text.replace("\n", "").split("|") for language, text in DESCRIPTIONS.items()}
