#!/usr/bin/python3
"""Parses reStructuredText with docutils and prints the tree, for tests to compare with.

The first line of the input is a JSON object of the directives: name -> [required, optional,
last takes rest, has options, content]. Each further line is a JSON string, a document. For each
document a line is printed: a JSON list of nodes [depth, type, name, line, text, source] in
pre-order, and of messages [level, line, text]; or an object with `error`.

Every directive becomes a generic node that has its content, every role a generic role node: what
is compared is how the text is taken apart, not what a directive does.
"""
import json
import sys
import warnings

from docutils import frontend, nodes, utils
from docutils.parsers.rst import Directive, Parser, directives, roles


class directive(nodes.General, nodes.Inline, nodes.Element):
    pass


class role(nodes.Inline, nodes.TextElement):
    pass


class AnyOption(dict):
    """Knows every option and takes its value as it is."""

    def __bool__(self):
        return True

    def __getitem__(self, name):
        return directives.unchanged


class Generic(Directive):
    kind = "none"

    def run(self):
        node = directive(self.block_text, name=self.name.lower())
        node.line = self.lineno
        if self.kind == "raw" and self.content:
            node += nodes.Text("\n".join(self.content))
        elif self.kind == "nested" and self.content:
            self.state.nested_parse(self.content, self.content_offset, node)
        elif self.kind == "titles" and self.content:
            memo = self.state.memo
            kept = memo.title_styles, memo.section_level
            memo.title_styles, memo.section_level = [], 0
            self.state.nested_parse(self.content, self.content_offset, node, match_titles=True)
            memo.title_styles, memo.section_level = kept
        return [node]


def install(table):
    classes = {}
    for name, (required, optional, rest, options, kind) in table.items():
        classes[name] = type("Generic", (Generic,), {
            "required_arguments": required,
            "optional_arguments": optional,
            "final_argument_whitespace": rest,
            "option_spec": AnyOption() if options else None,
            "has_content": kind != "none",
            "kind": kind,
        })

    def find_role(name, language, lineno, reporter):
        if name == "":
            return default_role(name, language, lineno, reporter)

        def generic(role_name, rawtext, text, lineno, inliner, options=None, content=None):
            return [role(rawtext, text, name=role_name.lower())], []
        return generic, []

    default_role = roles.role
    roles.role = find_role
    directives.directive = lambda name, language, document: (classes.get(name.lower()), [])


def flatten(node, depth, out):
    for child in node.children:
        if isinstance(child, nodes.system_message):
            continue
        if isinstance(child, nodes.Text):
            out.append([depth, "#text", "", None, child.astext(), ""])
            continue
        kind = type(child).__name__
        name = child.get("name", "") if kind in ("directive", "role") else ""
        source = child.rawsource if isinstance(child, nodes.Inline) else ""
        line = child.line if kind != "directive" else None
        out.append([depth, kind, name, line, "", source if kind != "directive" else ""])
        flatten(child, depth + 1, out)


def parse(text, settings):
    document = utils.new_document("document", settings)
    messages = []
    document.reporter.attach_observer(
        lambda it: messages.append([it["level"], it.get("line"), it.children[0].astext()]))
    Parser().parse(text, document)
    out = []
    flatten(document, 0, out)
    return {"nodes": out, "messages": messages}


def main():
    sys.setrecursionlimit(4000)
    install(json.loads(sys.stdin.readline()))
    warnings.simplefilter("ignore", DeprecationWarning)
    settings = frontend.OptionParser(components=(Parser,)).get_default_values()
    settings.report_level = 1
    settings.halt_level = 5
    settings.warning_stream = False
    for line in sys.stdin:
        try:
            result = parse(json.loads(line), settings)
        except Exception as error:  # docutils has defects of its own; the test decides
            result = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(result), flush=True)


main()
