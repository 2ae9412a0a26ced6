#include "ui/widgets/sheet_preset_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QMessageBox>
#include <QSettings>
#include <QSignalBlocker>
#include <QToolButton>

#include "ui/widgets/sheet_options_form.h"

namespace loom {
namespace {

constexpr const char* kChosenKey = "export/preset";

QToolButton* button(const QString& text, const QString& name, const QString& tip) {
  auto* button = new QToolButton;
  button->setText(text);
  button->setFocusPolicy(Qt::StrongFocus);
  button->setObjectName(name);
  button->setToolTip(tip);
  button->setAccessibleName(tip);
  return button;
}

}  // namespace

SheetPresetBar::SheetPresetBar(SheetOptionsForm& form, QWidget* parent) : QWidget(parent), m_form(form) {
  m_box = new QComboBox;
  m_box->setObjectName("presetBox");
  m_box->setAccessibleName(tr("Preset of all these settings"));
  m_box->setToolTip(tr("All of these settings at once: for a program or engine, or as you kept them"));
  m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_box->setMinimumContentsLength(6);
  auto* save = button(tr("Save as…"), "savePresetButton", tr("Keep the settings under a name"));
  m_delete = button(tr("Delete"), "deletePresetButton", tr("Forget this preset; those of the program stay"));
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_box, 1);
  layout->addWidget(save);
  layout->addWidget(m_delete);
  fill(QSettings().value(kChosenKey).toString());
  connect(m_box, &QComboBox::activated, this, &SheetPresetBar::choose);
  connect(save, &QToolButton::clicked, this, &SheetPresetBar::saveAs);
  connect(m_delete, &QToolButton::clicked, this, &SheetPresetBar::deleteChosen);
  connect(&form, &SheetOptionsForm::changed, this, &SheetPresetBar::follow);
  connect(&form, &SheetOptionsForm::dataChanged, this, &SheetPresetBar::follow);
}

void SheetPresetBar::fill(const QString& chosen) {
  const QSignalBlocker quiet(m_box);
  m_presets = sheetPresets();
  m_box->clear();
  m_box->addItem(tr("No preset"));
  int row = 0;
  for (const SheetPreset& preset : m_presets) {
    m_box->addItem(preset.name);
    if (preset.name == chosen) row = m_box->count() - 1;
  }
  m_box->setCurrentIndex(row);
  follow();
}

const SheetPreset* SheetPresetBar::chosen() const {
  const int row = m_box->currentIndex();
  return row > 0 ? &m_presets[static_cast<std::size_t>(row) - 1] : nullptr;
}

void SheetPresetBar::choose(int /*row*/) {
  const SheetPreset* preset = chosen();
  QSettings().setValue(kChosenKey, preset != nullptr ? preset->name : QString());
  if (preset != nullptr) m_form.setValues(preset->values);
  fill(preset != nullptr ? preset->name : QString());
}

void SheetPresetBar::follow() {
  const SheetPreset* preset = chosen();
  m_delete->setEnabled(preset != nullptr && !preset->builtIn);
  if (preset == nullptr) return;
  const bool changed = m_form.values() != m_form.completed(preset->values);
  m_box->setItemText(m_box->currentIndex(), changed ? tr("%1 (changed)").arg(preset->name) : preset->name);
}

void SheetPresetBar::saveAs() {
  auto* dialog = new QInputDialog(this);
  dialog->setObjectName("presetNameDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Keep these settings"));
  dialog->setLabelText(tr("Name of the preset:"));
  const SheetPreset* preset = chosen();
  if (preset != nullptr && !preset->builtIn) dialog->setTextValue(preset->name);
  connect(dialog, &QInputDialog::textValueSelected, this, &SheetPresetBar::takeName);
  dialog->open();
}

void SheetPresetBar::takeName(const QString& typed) {
  const QString name = typed.trimmed();
  if (const QString problem = sheetPresetNameProblem(name); !problem.isEmpty()) {
    QMessageBox::information(this, tr("Not kept"), problem);
    return;
  }
  const SheetPreset* now = chosen();
  const bool another = std::ranges::any_of(
      m_presets, [&](const SheetPreset& known) { return known.name == name && (now == nullptr || now->name != name); });
  if (another) {
    const auto answer = QMessageBox::question(this, tr("Replace?"), tr("There is a preset %1. Replace it?").arg(name));
    if (answer != QMessageBox::Yes) return;
  }
  saveSheetPreset(name, m_form.values());
  QSettings().setValue(kChosenKey, name);
  fill(name);
}

void SheetPresetBar::deleteChosen() {
  const SheetPreset* preset = chosen();
  if (preset == nullptr || preset->builtIn) return;
  const QString name = preset->name;
  const auto answer = QMessageBox::question(this, tr("Delete?"), tr("Delete the preset %1?").arg(name));
  if (answer != QMessageBox::Yes) return;
  deleteSheetPreset(name);
  QSettings().remove(kChosenKey);
  fill({});
}

}  // namespace loom
