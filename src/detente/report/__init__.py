"""The dossier: a crisis on one page, each line citing its words. HTML and Markdown."""

from detente.report.brief import BriefSettings, write_brief
from detente.report.dossier import make_dossier
from detente.report.lines import Dossier

__all__ = ["BriefSettings", "Dossier", "make_dossier", "write_brief"]
