#!/usr/bin/python3
"""Prints what Sphinx's, docutils' and the kernel's own classes say of directives, as JSON.

Called with the directory Documentation/sphinx of a kernel tree. For each name a list: required
arguments, optional arguments, whether the last one takes all the rest, whether there are options,
whether there is content. sphinx-directives.json beside this file is what it printed for Debian 12
(docutils 0.19, Sphinx 5.3) and the tree of the base.
"""
import importlib
import json
import sys
import warnings

from docutils.parsers.rst import Directive, directives
from docutils.parsers.rst.directives import _directive_registry
from docutils.parsers.rst.languages import en

warnings.simplefilter("ignore")
KERNEL = ["kerneldoc", "rstFlatTable", "kernel_include", "kfigure", "kernel_abi", "kernel_feat",
          "maintainers_include"]


class Application:
    """Takes what extensions register."""

    def __init__(self, found):
        self.found = found
        self.config = self

    def add_directive(self, name, cls, override=False):
        self.found[name] = cls

    def add_directive_to_domain(self, domain, name, cls, override=False):
        self.found[f"{domain}:{name}"] = cls

    def __getattr__(self, name):
        return lambda *args, **kwargs: None


def main():
    found = {}
    for name in set(en.directives.values()):
        if name in _directive_registry:
            found[name] = directives.directive(name, en, None)[0]
    application = Application(found)
    for name in ("sphinx.directives", "sphinx.directives.code", "sphinx.directives.other",
                 "sphinx.directives.patches", "sphinx.ext.ifconfig", "sphinx.ext.graphviz"):
        importlib.import_module(name).setup(application)
    from docutils.parsers.rst.directives import _directives
    found.update(_directives)
    from sphinx.domains.c import CDomain
    from sphinx.domains.std import StandardDomain
    from sphinx.domains.index import IndexDirective
    from sphinx.domains.changeset import VersionChange
    found["index"] = IndexDirective
    for name in ("versionadded", "versionchanged", "deprecated"):
        found[name] = VersionChange
    found.update({f"c:{name}": cls for name, cls in CDomain.directives.items()})
    found.update(StandardDomain.directives)
    sys.path.insert(0, sys.argv[1])
    for name in KERNEL:
        importlib.import_module(name).setup(application)
    table = {}
    for name, cls in sorted(found.items()):
        if not isinstance(cls, type) or not issubclass(cls, Directive):
            continue
        table[name] = [cls.required_arguments, cls.optional_arguments,
                       bool(cls.final_argument_whitespace), bool(cls.option_spec),
                       bool(cls.has_content)]
    rows = [f"  {json.dumps(name)}: {json.dumps(row)}" for name, row in table.items()]
    print("{\n" + ",\n".join(rows) + "\n}")


main()
