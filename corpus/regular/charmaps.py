"""The tables of the encodings in which Vietnamese was written before Unicode.

TCVN 5712-1 is the standard of which TCVN3 (the fonts named .Vn…, also called ABC) uses the small letters and Ă Â Ê Ô Ơ Ư Đ:
capitals with a tone exist there only as another font (.VnTimeH), which a text alone does not tell. VISCII has one byte a letter. The
fonts named VNI- write a letter and then a letter that looks like its mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

__all__ = ["TCVN", "VISCII", "vni"]

# Bytes 80 to FF in their order.
_TCVN_HIGH = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ\xa0ĂÂÊÔƠƯĐăâêôơưđ"
    "Ằ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_VISCII_HIGH = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
_TCVN_LOW = {0x01: "Ú", 0x02: "Ụ", 0x04: "Ừ", 0x05: "Ử", 0x06: "Ữ", 0x11: "Ứ", 0x12: "Ự", 0x13: "Ỳ", 0x14: "Ỷ", 0x15: "Ỹ", 0x16: "Ý", 0x17: "Ỵ"}
_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}


def _table(low: Mapping[int, str], high: str) -> Mapping[int, str]:
    """Return the character of every byte above 7F and of the control bytes that stand for letters."""
    return MappingProxyType({**low, **{0x80 + at: character for at, character in enumerate(high)}})


TCVN = _table(_TCVN_LOW, _TCVN_HIGH)
VISCII = _table(_VISCII_LOW, _VISCII_HIGH)

# A vowel of VNI is followed by one of these, in the order á à ả ã ạ; with a hat ấ ầ ẩ ẫ ậ â; with a breve ắ ằ ẳ ẵ ặ ă.
_TONES, _HAT, _BREVE = "ùøûõï", "áàåãäâ", "éèúüëê"
_VNI_LETTERS = {
    "a": ("áàảãạ", "ấầẩẫậâ", "ắằẳẵặă"), "e": ("éèẻẽẹ", "ếềểễệê", ""), "o": ("óòỏõọ", "ốồổỗộô", ""), "u": ("úùủũụ", "", ""),
    "y": ("ýỳỷỹ", "", ""), "ô": ("ớờởỡợ", "", ""), "ö": ("ứừửữự", "", ""),
}  # fmt: skip
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}


@lru_cache(maxsize=1)
def vni() -> Mapping[str, str]:
    """Return what each sign or pair of signs stands for, capitals too."""
    small = dict(_VNI_ALONE)
    for base, rows in _VNI_LETTERS.items():
        for marks, letters in zip((_TONES, _HAT, _BREVE), rows, strict=True):
            small |= {base + mark: letter for mark, letter in zip(marks, letters, strict=False)}
    # a capital takes a capital mark; in “Aán” and the like typists left the small one
    mixed = {sign[0].upper() + sign[1:]: letter.upper() for sign, letter in small.items()}
    return MappingProxyType(small | mixed | {sign.upper(): letter.upper() for sign, letter in small.items()})
