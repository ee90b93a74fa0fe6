"""Files among others that gave no paper: what could not be read, and what is none of the forms."""

from __future__ import annotations

from collections.abc import Sequence

from greenforms.dossier.dossier import Unread
from greenforms.errors import AmbiguousForm, Fault, GreenformsError, UnknownForm
from greenforms_extractors.errors import UnreadableFile


def unread_of(name: str, error: GreenformsError | UnreadableFile) -> Unread:
    """What is said of a file, called `name` among the others, that ended with an error."""
    match error:
        case AmbiguousForm():
            return Unread(name, str(error), "unrecognised", "请用 --edition 指明版本")
        case UnknownForm():
            act = "请确认它是不是要处理的表；不是的（如营业执照、证明材料）不用处理"
            like = f"（{error.nearest}）" if error.nearest else ""
            message = f"“{name}”暂不能识别：读到了文字，但不是现有的任何一种表单{like}，没有采用其中的内容。{act}。"
            return Unread(name, message, "unrecognised", act)
        case Fault():
            act = "请把出错的位置交给程序的维护者，先处理其余材料"
            return Unread(name, f"{error}{act}。", act=act, fault=error)
        case UnreadableFile():
            return Unread(name, str(error), act=error.remedy)
    return Unread(name, str(error))


def has_failed(unread: Sequence[Unread], read: int) -> bool:
    """Whether a run over files has failed: on one that cannot be read, or because `read`, the papers found, is none."""
    return any(each.kind == "unreadable" for each in unread) or (bool(unread) and not read)
