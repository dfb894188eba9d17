"""The catalogue of authoring problems: what can be wrong in a checklist, and what to do about it."""

from __future__ import annotations

from enum import StrEnum

from checklists.text import Text


class Severity(StrEnum):
    """What a problem does: an error keeps the checklist from being used, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class IssueCode(StrEnum):
    """A kind of problem with its sentence in both languages: what is wrong and what to do."""

    template: Text
    severity: Severity

    def __new__(cls, code: str, zh: str, en: str, severity: Severity = Severity.ERROR) -> IssueCode:
        """Give the code its sentence."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.template = Text(zh, en)
        member.severity = severity
        return member

    # Files
    FILE_MISSING = (
        "file-missing",
        "找不到文件“{name}”{hint}；请检查文件名，或把文件放进该文件夹",
        'There is no file "{name}"{hint}; check the name or put the file into the folder',
    )
    FILE_UNREADABLE = (
        "file-unreadable",
        "文件“{name}”无法读取；请检查访问权限，以及它是不是一个文件",
        'The file "{name}" cannot be read; check its permissions and that it is a file',
    )
    FILE_OUTSIDE = (
        "file-outside",
        "“{name}”不在评估表文件夹内；只写同一文件夹内的文件名，如 workshop.yaml",
        '"{name}" lies outside the checklist\'s folder; write the name of a file in it, such as workshop.yaml',
    )
    FILE_TOO_LARGE = (
        "file-too-large",
        "文件超过 {limit} MB；请检查是否选错了文件，或按部门拆分",
        "The file is larger than {limit} MB; check that it is the right one, or part it by department",
    )
    FILE_ENCODING = (
        "file-encoding",
        "文件不是 UTF-8 编码；请在编辑器中另存为 UTF-8",
        "The file is not in UTF-8; save it as UTF-8 in the editor",
    )
    FILE_EMPTY = ("file-empty", "文件是空的；请写入内容，或不要引用它", "The file is empty; fill it or do not name it")
    PART_ALONE = (
        "part-alone",
        "“{name}”只是评估表的一部分；同一文件夹内要有写出它的 {main}，或检查整个文件夹",
        '"{name}" is only a part of a checklist; the folder needs a {main} that names it, or check the whole folder',
    )
    # YAML
    YAML_SYNTAX = (
        "yaml-syntax",
        "YAML 格式有误：{hint}",
        "This is no valid YAML: {hint}",
    )
    YAML_DUPLICATE_KEY = (
        "yaml-duplicate-key",
        "“{key}”在同一处写了两次（第一次在第 {first} 行）；请删去一个",
        '"{key}" is given twice in one place (first in line {first}); delete one of them',
    )
    YAML_ALIAS = (
        "yaml-alias",
        "不支持 YAML 锚点和引用（& 和 *）；请把内容直接写出来，文字以 & 或 * 开头时加引号",
        "YAML anchors and aliases (& and *) are not supported; write the content out, or quote a text that begins so",
    )
    YAML_TAG = (
        "yaml-tag",
        "不支持 YAML 类型标签“{tag}”；请删去它，文字以 ! 开头时加引号",
        'The YAML tag "{tag}" is not supported; delete it, or quote a text that begins with !',
    )
    YAML_KEY = (
        "yaml-key",
        "冒号左边应是一个简单的名称；请检查缩进和括号，文字以花括号开头时加引号",
        "What stands left of a colon must be a plain name; check indents and brackets, quote a text that begins so",
    )
    YAML_DOCUMENTS = (
        "yaml-documents",
        "一个文件只能有一份内容；请删去单独成行的“---”及其后的内容，或拆成两个文件",
        'A file holds one document; delete the line "---" and what follows, or part the file',
    )
    YAML_DEPTH = (
        "yaml-depth",
        "嵌套超过 {limit} 层；请检查括号是否成对",
        "The nesting is deeper than {limit} levels; check that brackets are closed",
    )
    # Keys and values
    UNKNOWN_KEY = (
        "unknown-key",
        "这里不能写“{key}”{hint}",
        'The key "{key}" is not known here{hint}',
    )
    MISSING_KEY = ("missing-key", "缺少“{key}”；请补上", '"{key}" is missing; add it')
    EMPTY_VALUE = (
        "empty-value",
        "“{key}”没有内容；请填写，或删去这一行",
        '"{key}" is empty; fill it or delete the line',
    )
    WRONG_SHAPE = (
        "wrong-shape",
        "“{key}”应写成{expected}",
        '"{key}" should be {expected}',
    )
    MISSING_LANGUAGE = (
        "missing-language",
        "“{key}”缺少{language}；中文（zh）和英文（en）都要写",
        '"{key}" lacks its {language} text; both zh and en are needed',
    )
    NOT_A_NUMBER = (
        "not-a-number",
        "“{key}”的值“{value}”不是数字；请写成 12 或 2.5 这样的数",
        '"{key}" is "{value}", which is no number; write one such as 12 or 2.5',
    )
    NOT_A_SHARE = (
        "not-a-share",
        "“{key}”的值“{value}”不是 0 到 100 % 之间的比例；请写成 80 %、0.8 或 4/5",
        '"{key}" is "{value}", which is no share from 0 to 100 %; write 80 %, 0.8 or 4/5',
    )
    NOT_A_PASS_MARK = (
        "not-a-pass-mark",
        "及格线“{value}”无法识别；请写成比例（70 %）或分数（231）",
        'The pass mark "{value}" cannot be read; write a rate such as 70 % or points such as 231',
    )
    NOT_A_FLAG = (
        "not-a-flag",
        "“{key}”的值“{value}”只能是 true 或 false",
        '"{key}" is "{value}" but can only be true or false',
    )
    TOO_MANY_DECIMALS = (
        "too-many-decimals",
        "“{key}”的值 {value} 多于两位小数；请四舍五入到 0.01",
        '"{key}" is {value}, with more than two decimals; round it to 0.01',
    )
    NOT_POSITIVE = (
        "not-positive",
        "“{key}”的值 {value} 必须大于 0",
        '"{key}" is {value} but must be above 0',
    )
    OUT_OF_RANGE = (
        "out-of-range",
        "“{key}”的值 {value} 超出范围；应{range}",
        '"{key}" is {value}, out of range; it must be {range}',
    )
    BAD_ID = (
        "bad-id",
        "编号“{value}”无效；只能用英文字母、数字和 . _ -，不超过 40 个字符；缺陷编号须以小写字母开头，且不用大写",
        '"{value}" is no valid id: use letters, digits and . _ - (at most 40); ids of faults have small letters only',
    )
    TOO_LONG = (
        "too-long",
        "“{key}”超过 {limit} 个字符；请写短一些",
        '"{key}" is longer than {limit} characters; shorten it',
    )
    TOO_FEW = (
        "too-few",
        "“{key}”至少要有 {limit} 项；请补上",
        '"{key}" has too few entries, it needs at least {limit}; add what is missing',
    )
    TOO_MANY = (
        "too-many",
        "“{key}”最多 {limit} 项；请删去多余的",
        '"{key}" has too many entries, at most {limit} are kept; delete the others',
    )
    VALUE_REFUSED = (
        "value-refused",
        "“{key}”的值不能使用；请对照随附评估表中的写法",
        'The value of "{key}" cannot be used; compare how the packaged checklist writes it',
    )
    FORMAT_NEWER = (
        "format-newer",
        "格式号“{value}”不受支持（本工具支持 {known}）；请更新工具，或改为 {known}",
        'The format "{value}" is not supported, this tool reads {known}; update the tool or write {known}',
    )
    UNKNOWN_RULE = (
        "unknown-rule",
        "没有名为“{value}”的评分规则{hint}",
        'There is no rule "{value}"{hint}',
    )
    UNKNOWN_CHOICE = (
        "unknown-choice",
        "“{key}”不能是“{value}”{hint}",
        '"{key}" cannot be "{value}"{hint}',
    )
    UNKNOWN_REFERENCE = (
        "unknown-reference",
        "{what}中没有“{value}”{hint}",
        'There is no "{value}" among the {what}{hint}',
    )
    UNKNOWN_PARAMETER = (
        "unknown-parameter",
        "文字中的 {{{name}}} 不是已定义的参数{hint}",
        "{{{name}}} in the text is no parameter of the checklist{hint}",
    )
    # Rules
    EXACTLY_ONE = (
        "exactly-one",
        "{keys} 必须写且只能写一个",
        "Exactly one of {keys} must be given",
    )
    AT_MOST_ONE = ("at-most-one", "{keys} 不能同时写；请删去其一", "Only one of {keys} can be given; delete the others")
    EQUAL_LIMITS = (
        "equal-limits",
        "zero_at 与 full_at 相同，无法计分；请改其一",
        "zero_at and full_at are the same, so nothing lies between; change one of them",
    )
    LIMITS_ORDER = (
        "limits-order",
        "界限顺序不对：应为 {order}",
        "The limits are out of order: they must be {order}",
    )
    FAULT_GIVES = (
        "fault-gives",
        "缺陷只能扣分，加分项只能按次数给分；请把 give 改为 take",
        "What is counted is measured by what it takes; write take instead of give",
    )
    BAND_GAP = (
        "band-gap",
        "分段有空隙：{stretch}不属于任何一段；请调整 from 和 to（含 from，不含 to）",
        "The bands leave a gap: {stretch} lies in none; change from (included) and to (not included)",
    )
    BAND_OVERLAP = (
        "band-overlap",
        "分段重叠：{stretch}属于不止一段；请调整 from 和 to（含 from，不含 to）",
        "The bands overlap: {stretch} lies in more than one; change from (included) and to (not included)",
    )
    BAND_EMPTY = (
        "band-empty",
        "有一段是空的：{stretch}；to 必须大于 from",
        "A band is empty: {stretch}; its to must lie above its from",
    )
    SET_WITHOUT_SAMPLE = (
        "set-without-sample",
        "检查项引用了抽样组“{set}”，但规则不是 sample 或 levels；请改规则或删去 set",
        'The item names the sample set "{set}" but its rule is neither sample nor levels; change it or delete set',
    )
    SIZE_WITH_SET = (
        "size-with-set",
        "{key} 与 set 不能同时写：数量以抽样组为准；请删去 {key}",
        "{key} and set exclude each other, the set's size counts; delete {key}",
    )
    BONUS_RULE = (
        "bonus-rule",
        "bonus 规则只能用在 bonus 部分，那里也只能用它；请移动该项或改规则",
        "The rule bonus belongs under bonus, and only it does; move the item or change its rule",
    )
    ANCHORS_COUNT = (
        "anchors-count",
        "anchors 有 {count} 句，应有 {wanted} 句：{meaning}；请补齐或删去",
        "There are {count} anchors, {wanted} are needed: {meaning}; add or delete some",
    )
    ANCHORS_NOWHERE = (
        "anchors-nowhere",
        "{kind} 规则没有 anchors；请删去，把判断标准写进{instead}",
        "The rule {kind} has no anchors; delete them and say in the {instead} what counts",
    )
    # Directions and interview guides
    MOVE_SIGN = (
        "move-sign",
        "辅导应使指标“{kpi}”{better}，by 却是 {by}；请改正负号或换一个指标",
        'Coaching must make "{kpi}" {better}, but by is {by}; change its sign or name another KPI',
    )
    # KPIs
    KPI_ELSEWHERE = (
        "kpi-elsewhere",
        "指标类别“{category}”属于部门“{other}”，这里写的是“{department}”；请改其一",
        'The category "{category}" belongs to department "{other}", but here stands "{department}"; change one of them',
    )
    RATIO_SERIES = (
        "ratio-series",
        "value 为 ratio 的指标需要两个月数相同的数据序列（分子、分母）；请补上或改月数",
        "A ratio needs two series, upper and lower, wanted for the same months; add or change them",
    )
    SERIES_NAME = (
        "series-name",
        "数据序列不能叫“{name}”，它另有用途；请换一个编号",
        'A series cannot be called "{name}", which means something else here; choose another id',
    )
    LEVELS_WATCHED = (
        "levels-watched",
        "只观察（watch）的指标没有 pass_level、target 和 missed；请删去，或写明 higher / lower",
        "A KPI that is only watched has no pass_level, target or missed; delete them, or write higher or lower",
    )
    LEVEL_MISSING = (
        "level-missing",
        "写了 {key} 就要写 pass_level，否则无从判断；请补上或删去",
        "{key} needs a pass_level to be judged by; add it or delete {key}",
    )
    LEVELS_ORDER = (
        "levels-order",
        "{better}：target（{target}）应{word} pass_level（{level}）；请改其一",
        "{better}: target ({target}) cannot lie {word} pass_level ({level}); change one of them",
    )
    # The checklist as a whole
    SECTION_SUM = (
        "section-sum",
        "项目“{id}”的检查项合计 {sum} 分，应为 {points} 分，{difference}；请调整分值",
        'The items of section "{id}" add up to {sum} of {points} points, {difference}; change the points',
    )
    DEPARTMENT_SUM = (
        "department-sum",
        "部门“{id}”的各项目合计 {sum} 分，应为 {points} 分，{difference}；请调整分值",
        'The sections of department "{id}" add up to {sum} of {points} points, {difference}; change the points',
    )
    TOTAL_SUM = (
        "total-sum",
        "各部门合计 {sum} 分，总分应为 {points} 分，{difference}；请调整分值",
        "The departments add up to {sum} of {points} points, {difference}; change the points",
    )
    DUPLICATE_ID = (
        "duplicate-id",
        "编号“{id}”已经用在 {place}；请换一个",
        'The id "{id}" is already used in {place}; choose another',
    )
    REUSED_ID = (
        "reused-id",
        "编号“{id}”是检查项“{item}”的旧编号，编号不得再用；请换一个",
        'The id "{id}" is a former id of item "{item}" and ids are never reused; choose another',
    )
    PASS_ABOVE_POINTS = (
        "pass-above-points",
        "及格线 {mark} 高于满分 {points} 分；请调低",
        "The pass mark {mark} lies above the {points} points there are; lower it",
    )
    NO_ITEMS = (
        "no-items",
        "“{id}”里没有任何内容；请添加，或删去它",
        'There is nothing in "{id}"; add something to it or delete it',
    )
    WEIGHTS_INCOMPLETE = (
        "weights-incomplete",
        "有的部门写了 weight，有的没有（{ids}）；要么都写，要么都不写",
        "Some departments carry a weight and some do not ({ids}); give one to all or to none",
    )
    PROFILE_INCOMPLETE = (
        "profile-incomplete",
        "权重方案“{profile}”缺少部门：{ids}；请补上它们的权重",
        'The profile "{profile}" lacks departments: {ids}; add their weights',
    )
    # What a sound checklist may still lack: warnings
    TEXT_SAME = (
        "text-same",
        "“{key}”的中文和英文相同（“{text}”）；请写出另一种语言",
        '"{key}" reads the same in both languages ("{text}"); write the other one',
        Severity.WARNING,
    )
    EVIDENCE_SHORT = (
        "evidence-short",
        "evidence 太短（“{text}”）；请写明看什么、在哪里看、问谁、怎样抽取",
        'The evidence says next to nothing ("{text}"); say what to look at, where, whom to ask, how records are drawn',
        Severity.WARNING,
    )
    ANCHOR_EQUAL = (
        "anchor-equal",
        "anchors 第 {before} 句和第 {number} 句相同（“{text}”）；请写出看得见的差别",
        'Anchors {before} and {number} are the same ("{text}"); say what can be seen to differ',
        Severity.WARNING,
    )
    ANCHORS_MISSING = (
        "anchors-missing",
        "没有 anchors，而别的检查项有；请写 {wanted} 句：{meaning}",
        "There are no anchors, other items have them; write {wanted}: {meaning}",
        Severity.WARNING,
    )
    ANCHORS_NONE = (
        "anchors-none",
        "整个评估表没有 anchors，同一情形两人会评得不一样；请给各检查项写明每级看到什么",
        "No item has anchors, so two people score the same thing differently; say for each item what each level shows",
        Severity.WARNING,
    )
    CRITICAL_SMALL = (
        "critical-small",
        "关键项只有 {points} 分，不到总分的 0.1 %，失分时总得分率几乎不变；请提高到 {needed} 分",
        "A critical item of {points} points is under 0.1 % of the total and hardly moves its rate; give it {needed}",
        Severity.WARNING,
    )
    ITEM_HEAVY = (
        "item-heavy",
        "检查项 {points} 分，超过项目“{section}”（{count} 项，{full} 分）的一半；请拆分它或调整分值",
        'The item has {points} of the {full} points of section "{section}" with {count} items; part it or change it',
        Severity.WARNING,
    )
    DIRECTION_UNUSED = (
        "direction-unused",
        "没有检查项或指标指向辅导方向“{id}”；请引用它或删去",
        'No item and no KPI leads to direction "{id}"; name it somewhere or delete it',
        Severity.WARNING,
    )
    KPI_UNUSED = (
        "kpi-unused",
        "没有检查项（kpi）、辅导方向（moves）或访谈问题（kpis）用到指标“{id}”；请引用它或删去",
        'No item (kpi), direction (moves) or question (kpis) names the KPI "{id}"; name it somewhere or delete it',
        Severity.WARNING,
    )
    CATEGORY_EMPTY = (
        "category-empty",
        "指标类别“{id}”里没有指标；请添加或删去",
        'The KPI category "{id}" holds no KPI; add one or delete it',
        Severity.WARNING,
    )
    ATTAINABLE_HIGH = (
        "attainable-high",
        "attainable（{attainable} 分）高于检查项的满分 {points} 分；请调低",
        "attainable is {attainable} points, more than the {points} the item has; lower it",
        Severity.WARNING,
    )
    ATTAINABLE_LOW = (
        "attainable-low",
        "attainable（{attainable} 分）低于项目及格线在该项的分数 {needed}，计算时按 {needed}；请调高或删去",
        "attainable is {attainable} points, below the section's pass rate ({needed}), which counts; raise or delete it",
        Severity.WARNING,
    )
