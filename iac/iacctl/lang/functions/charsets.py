"""Character encodings by their IANA names, as far as Terraform knows them (Go's golang.org/x/text/encoding/ianaindex)."""

from __future__ import annotations

from typing import Final, NamedTuple


class Charset(NamedTuple):
    """A character encoding.

    Attributes:
        name: its IANA name, for messages.
        codec: what Python calls it.
        start: what an encoded text starts with.
    """

    name: str
    codec: str
    start: bytes = b""

    def encode(self, text: str) -> bytes:
        """The text as bytes. Raises UnicodeEncodeError."""
        return self.start + text.encode(self.codec)

    def decode(self, data: bytes) -> str:
        """The bytes as text. Raises UnicodeDecodeError."""
        if self.codec == "utf-16-be" and self.start:
            if data[:2] == b"\xff\xfe":
                return data[2:].decode("utf-16-le")
            return (data[2:] if data[:2] == b"\xfe\xff" else data).decode("utf-16-be")
        return data.decode(self.codec)


_TABLE: Final = """
US-ASCII ascii us-ascii iso-ir-6 ansi_x3.4-1968 ansi_x3.4-1986 iso_646.irv:1991 iso646-us us ibm367 cp367 csascii ascii
UTF-8 utf-8 utf-8 csutf8
UTF-16BE utf-16-be utf-16be csutf16be
UTF-16LE utf-16-le utf-16le csutf16le
ISO_8859-1:1987 latin-1 iso_8859-1:1987 iso-ir-100 iso_8859-1 iso-8859-1 latin1 l1 ibm819 cp819 csisolatin1
ISO_8859-2:1987 iso8859-2 iso_8859-2:1987 iso-ir-101 iso_8859-2 iso-8859-2 latin2 l2 csisolatin2
ISO_8859-3:1988 iso8859-3 iso_8859-3:1988 iso-ir-109 iso_8859-3 iso-8859-3 latin3 l3 csisolatin3
ISO_8859-4:1988 iso8859-4 iso_8859-4:1988 iso-ir-110 iso_8859-4 iso-8859-4 latin4 l4 csisolatin4
ISO_8859-5:1988 iso8859-5 iso_8859-5:1988 iso-ir-144 iso_8859-5 iso-8859-5 cyrillic csisolatincyrillic
ISO_8859-6:1987 iso8859-6 iso_8859-6:1987 iso-ir-127 iso_8859-6 iso-8859-6 ecma-114 asmo-708 arabic csisolatinarabic
ISO_8859-7:1987 iso8859-7 iso_8859-7:1987 iso-ir-126 iso_8859-7 iso-8859-7 elot_928 ecma-118 greek greek8 csisolatingreek
ISO_8859-8:1988 iso8859-8 iso_8859-8:1988 iso-ir-138 iso_8859-8 iso-8859-8 hebrew csisolatinhebrew
ISO_8859-9:1989 iso8859-9 iso_8859-9:1989 iso-ir-148 iso_8859-9 iso-8859-9 latin5 l5 csisolatin5
ISO-8859-10 iso8859-10 iso-8859-10 iso-ir-157 l6 iso_8859-10:1992 csisolatin6 latin6
ISO-8859-13 iso8859-13 iso-8859-13 csiso885913
ISO-8859-14 iso8859-14 iso-8859-14 iso-ir-199 iso_8859-14:1998 iso_8859-14 latin8 iso-celtic l8 csiso885914
ISO-8859-15 iso8859-15 iso-8859-15 iso_8859-15 latin-9 csiso885915
ISO-8859-16 iso8859-16 iso-8859-16 iso-ir-226 iso_8859-16:2001 iso_8859-16 latin10 l10 csiso885916
IBM037 cp037 ibm037 cp037 ebcdic-cp-us ebcdic-cp-ca ebcdic-cp-wt ebcdic-cp-nl csibm037
IBM437 cp437 ibm437 cp437 437 cspc8codepage437
IBM850 cp850 ibm850 cp850 850 cspc850multilingual
IBM852 cp852 ibm852 cp852 852 cspcp852
IBM855 cp855 ibm855 cp855 855 csibm855
IBM00858 cp858 ibm00858 ccsid00858 cp00858 pc-multilingual-850+euro csibm00858
IBM860 cp860 ibm860 cp860 860 csibm860
IBM862 cp862 ibm862 cp862 862 cspc862latinhebrew
IBM863 cp863 ibm863 cp863 863 csibm863
IBM865 cp865 ibm865 cp865 865 csibm865
IBM866 cp866 ibm866 cp866 866 csibm866
IBM01140 cp1140 ibm01140 ccsid01140 cp01140 ebcdic-us-37+euro csibm01140
KOI8-R koi8-r koi8-r cskoi8r
KOI8-U koi8-u koi8-u cskoi8u
macintosh mac-roman macintosh mac csmacintosh
windows-874 cp874 windows-874 cswindows874
windows-1250 cp1250 windows-1250 cswindows1250
windows-1251 cp1251 windows-1251 cswindows1251
windows-1252 cp1252 windows-1252 cswindows1252
windows-1253 cp1253 windows-1253 cswindows1253
windows-1254 cp1254 windows-1254 cswindows1254
windows-1255 cp1255 windows-1255 cswindows1255
windows-1256 cp1256 windows-1256 cswindows1256
windows-1257 cp1257 windows-1257 cswindows1257
windows-1258 cp1258 windows-1258 cswindows1258
Shift_JIS cp932 shift_jis ms_kanji csshiftjis
Extended_UNIX_Code_Packed_Format_for_Japanese euc-jp extended_unix_code_packed_format_for_japanese cseucpkdfmtjapanese euc-jp
ISO-2022-JP iso2022-jp iso-2022-jp csiso2022jp
EUC-KR euc-kr euc-kr cseuckr
GBK gbk gbk cp936 ms936 windows-936 csgbk
GB18030 gb18030 gb18030 csgb18030
HZ-GB-2312 hz hz-gb-2312
Big5 big5 big5 csbig5
"""

_charsets: Final[dict[str, Charset]] = {"utf-16": Charset("UTF-16", "utf-16-be", b"\xfe\xff")}
for _line in _TABLE.split("\n"):
    if _line:
        _name, _codec, *_aliases = _line.split()
        for _alias in _aliases:
            _charsets[_alias] = Charset(_name, _codec)


def find(name: str) -> Charset | None:
    """The encoding of a name or alias, in whatever case."""
    return _charsets.get(name.lower())
