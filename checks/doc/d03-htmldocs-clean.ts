import { defineUnchecked } from "../unchecked.ts";

/** The documents become pages without a warning. */
export const d03HtmldocsClean = defineUnchecked({
  id: "d03-htmldocs-clean",
  title: "make htmldocs says nothing new",
  why: "a warning of Sphinx is a paragraph that readers see broken",
  source: "Documentation/process/submit-checklist.rst",
  missing: "rfckit does not run Sphinx: rfckit lint reads the documents instead",
  howToGet: "make SPHINXDIRS=mm htmldocs, by hand in a copy of the tree",
  fix: "mend what Sphinx names",
  bad: "a table whose columns do not fit",
  good: "rfckit lint Documentation/mm, and no new warning of htmldocs",
});
