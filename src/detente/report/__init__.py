"""The dossier: a crisis on one page, each line citing its words. HTML and Markdown."""

from detente.report.brief import BriefSettings, write_brief
from detente.report.dossier import Dossier, make_dossier

__all__ = ["BriefSettings", "Dossier", "make_dossier", "write_brief"]
