"""Endings of files that a computer runs or follows when they are opened, whatever their content."""

from pathlib import PurePosixPath

PROGRAMS = frozenset(
    [
        *("action", "apk", "app", "appinstaller", "application", "appref-ms", "appx", "bat", "chm", "class"),
        *("cmd", "com", "command", "cpl", "crx", "deb", "desktop", "dex", "diagcab", "dll", "dmg", "exe"),
        *("gadget", "hlp", "hta", "htc", "htm", "html", "img", "inf", "iqy", "iso", "jar", "jnlp", "js"),
        *("jse", "library-ms", "lnk", "mht", "mhtml", "mjs", "msc", "msi", "msix", "msp", "mst", "oqy"),
        *("php", "phtml", "pif", "pkg", "pl", "ps1", "psd1", "psm1", "py", "pyc", "pyw", "rb", "rdp", "reg"),
        *("rpm", "rqy", "run", "scf", "scpt", "scr", "sct", "search-ms", "settingcontent-ms", "sh", "shb"),
        *("shs", "slk", "svg", "svgz", "terminal", "theme", "url", "vb", "vbe", "vbs", "vhd", "vhdx"),
        *("webloc", "website", "workflow", "ws", "wsc", "wsf", "wsh", "xbap", "xht", "xhtml", "xll", "xsl"),
    ]
)


def suffix(name: str) -> str:
    """Return the ending in lower case, as a computer reads it: ignoring blanks and points after it."""
    path = PurePosixPath(name.replace("\\", "/").rstrip(" .\0\t\r\n"))
    return path.suffix.lower().removeprefix(".").strip()


def is_program(name: str) -> bool:
    return suffix(name) in PROGRAMS
