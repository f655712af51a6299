"""How words may be published: another rule for a collection, a source, a post or a passage."""

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from qualcoder_sm.errors import QualCoderError
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import QuoteRule
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.quote_rules import Target
from qualcoder_sm.project.quoting import Ruling, decided, told
from qualcoder_sm.ui.widgets import Choice, button, column, label, row


class QuoteRuleDialog(QDialog):
    """Choose a rule, see what it comes to, say why. What is refused is said, and nothing lost."""

    def __init__(self, parent: QWidget | None, project: Project, target: Target) -> None:
        super().__init__(parent)
        self._project, self._target = project, target
        self._standing = project.quoting.standing(target)
        self.rules = Choice()
        self.rules.setAccessibleName(tr("Quote rule"))
        self.told = label("", "muted", wrap=True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(tr("Reason"))
        self.reason.setPlaceholderText(tr("Needed for a looser rule; kept in the audit trail"))
        self.problem = label("", "danger", wrap=True)
        self._fill()
        self._build()
        self._show_told()

    def _fill(self) -> None:
        above = self._standing.above.rule
        unset = tr("No rule of its own: {rule}", rule=tr(above.value)) if above else tr("No rule")
        for rule in QuoteRule:
            self.rules.addItem(tr(rule.value).capitalize() if rule else unset, rule)
        self.rules.setCurrentIndex(list(QuoteRule).index(self._standing.own))

    def _build(self) -> None:
        self.setWindowTitle(tr("Quote rule"))
        self.setMinimumWidth(460)
        go, cancel = button(tr("Set the rule"), primary=True), button(tr("Cancel"))
        go.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.rules.currentIndexChanged.connect(self._show_told)
        caption = label(tr("How may {what} be published?", what=self._standing.name), wrap=True)
        caption.setBuddy(self.rules)
        why = label(tr("Reason"))
        why.setBuddy(self.reason)
        self.setLayout(column(caption, 6, self.rules, 8, self.told, 14, why, 6, self.reason, 8,
                              self.problem, 16, row(0, cancel, 8, go),
                              margins=(24, 20, 20, 16)))  # fmt: skip

    def _chosen(self) -> QuoteRule:
        return QuoteRule(self.rules.currentData())

    def _show_told(self) -> None:
        self.problem.setText("")
        chosen, above = self._chosen(), self._standing.above
        holds = decided(Ruling(chosen), above).rule
        sentence = told(holds)
        if chosen and holds is not chosen:
            sentence = tr("What holds it is withdrawn, so this is, too.") + " " + sentence
        self.told.setText(sentence)

    def accept(self) -> None:
        """Set the rule; a refusal is shown, and the dialog stays."""
        try:
            self._project.quoting.set_rule(self._target, self._chosen(), self.reason.text())
        except QualCoderError as error:
            self.problem.setText(str(error))
            self.reason.setFocus()
            return
        super().accept()


def change_rule(parent: QWidget | None, project: Project, target: Target) -> None:
    """Let the researcher choose another rule for something."""
    dialog = QuoteRuleDialog(parent, project, target)
    dialog.exec()
    dialog.deleteLater()
