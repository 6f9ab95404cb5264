"""How commands are explained and refused: argparse in the clerk's language."""

import argparse
import sys

from scripts import wording
from scripts.problems import problem


class Words(argparse.HelpFormatter):
    """The headings of --help in the clerk's language."""

    def add_usage(self, usage, actions, groups, prefix=None):
        super().add_usage(usage, actions, groups, wording.say("verbs.usage") if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Wrong usage is told in the words of all other problems."""

    def __init__(self, **told):
        super().__init__(add_help=False, formatter_class=Words, **told)
        self._positionals.title, self._optionals.title = wording.say("verbs.positionals"), wording.say("verbs.options")
        self.add_argument("-h", "--help", action="help", help=wording.say("verbs.help"))

    def error(self, message: str):
        usage = self.format_usage().removeprefix(wording.say("verbs.usage")).split()
        print(problem("wrong-usage").line(), " ".join(usage), sep="\n", file=sys.stderr)
        sys.exit(2)
