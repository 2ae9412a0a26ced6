#include "ui/widgets/step_list.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/base/error.h"
#include "ui/widgets/palette_swatches.h"
#include "ui/widgets/settings_form.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

constexpr int kMostRows = 6;  // seen without scrolling

QToolButton* small(const QString& text, const QString& name, const QString& tip) {
  auto* button = new QToolButton;
  button->setText(text);
  button->setObjectName(name);
  button->setToolTip(tip);
  button->setAccessibleName(tip);
  return button;
}

/// Whether a palette is what the step is about; others may be given one.
bool isLock(const CleaningStep& step) {
  return cleaningKind(step.name).mainSetting == "palette" && cleaningKind(step.name).palette;
}

/// A form inside a page that scrolls itself: as high as its rows, all of them.
void fitToRows(SettingsForm& form) {
  if (auto* fewer = form.findChild<QToolButton*>("settingsForm.all")) fewer->hide();
  auto* area = form.findChild<QScrollArea*>();
  if (area != nullptr && area->widget() != nullptr) area->setMinimumHeight(area->widget()->sizeHint().height() + 4);
}

}  // namespace

QString stepText(const CleaningStep& step) {
  if (step.name == kEditStep) return QObject::tr("Edited by hand");
  try {
    const QString title = QString::fromStdString(cleaningKind(step.name).title);
    const std::string text = cleaningStepText(step);
    return text == step.name ? title : QObject::tr("%1 (%2)").arg(title, QString::fromStdString(text));
  } catch (const Error&) {  // a kind of another version
    return QString::fromStdString(step.name);
  }
}

struct StepList::Impl {
  std::vector<CleaningStep> steps;
  bool filling = false;  // the form is being filled, not edited
  QListWidget* list = nullptr;
  QToolButton *add = nullptr, *remove = nullptr, *up = nullptr, *down = nullptr;
  QLabel* help = nullptr;
  SettingsForm* form = nullptr;
  QWidget* palette = nullptr;
  QLabel* paletteCount = nullptr;
  PaletteSwatches* swatches = nullptr;
};

StepList::StepList(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("stepList");
  build();
  list(-1);
}

StepList::~StepList() {
  silence(*this, *this);
}

void StepList::build() {
  m_impl->list = new QListWidget;
  m_impl->list->setObjectName("cleaningSteps");
  m_impl->list->setAccessibleName(tr("Steps to do, in this order"));
  m_impl->list->setToolTip(tr("Done from top to bottom (Del takes one off, Ctrl+↑ and Ctrl+↓ move it)"));
  m_impl->list->setTextElideMode(Qt::ElideRight);
  connect(m_impl->list, &QListWidget::currentRowChanged, this, &StepList::showStep);
  const auto key = [this](const QKeySequence& keys, auto action) {
    auto* shortcut = new QShortcut(keys, m_impl->list);
    shortcut->setContext(Qt::WidgetShortcut);
    connect(shortcut, &QShortcut::activated, this, action);
  };
  key(QKeySequence::Delete, [this] { remove(); });
  key(Qt::CTRL | Qt::Key_Up, [this] { move(-1); });
  key(Qt::CTRL | Qt::Key_Down, [this] { move(1); });

  m_impl->help = new QLabel;
  m_impl->help->setObjectName("stepHelp");
  m_impl->help->setWordWrap(true);
  m_impl->form = new SettingsForm;
  m_impl->form->setObjectName("stepForm");
  m_impl->form->setShowsAll(true);
  connect(m_impl->form, &SettingsForm::changed, this, &StepList::takeForm);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(buildAdder());
  layout->addWidget(m_impl->list);
  layout->addWidget(m_impl->help);
  layout->addWidget(buildPalette());
  layout->addWidget(m_impl->form);
}

QWidget* StepList::buildAdder() {
  auto* heading = new QLabel(tr("Steps"));
  heading->setForegroundRole(QPalette::PlaceholderText);
  m_impl->add = small(tr("Add step ▾"), "addStepButton", tr("Adds a step at the end"));
  m_impl->add->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(m_impl->add);
  menu->setObjectName("addStepMenu");
  menu->setToolTipsVisible(true);
  for (const CleaningKind& kind : cleaningKinds()) {
    QAction* action =
        menu->addAction(QString::fromStdString(kind.title), this, [this, name = kind.name] { add(name); });
    action->setObjectName("addStep-" + QString::fromStdString(kind.name));
    action->setToolTip(QString::fromStdString(kind.help));
  }
  m_impl->add->setMenu(menu);
  m_impl->remove = small("×", "removeStepButton", tr("Takes the step off the list (Del)"));
  m_impl->up = small("↑", "stepUpButton", tr("Does the step earlier (Ctrl+↑)"));
  m_impl->down = small("↓", "stepDownButton", tr("Does the step later (Ctrl+↓)"));
  connect(m_impl->remove, &QToolButton::clicked, this, [this] { remove(); });
  connect(m_impl->up, &QToolButton::clicked, this, [this] { move(-1); });
  connect(m_impl->down, &QToolButton::clicked, this, [this] { move(1); });
  auto* tools = new QWidget;
  auto* layout = new QHBoxLayout(tools);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(heading);
  layout->addStretch();
  for (QToolButton* button : {m_impl->add, m_impl->up, m_impl->down, m_impl->remove}) layout->addWidget(button);
  return tools;
}

QWidget* StepList::buildPalette() {
  m_impl->palette = new QWidget;
  m_impl->swatches = new PaletteSwatches;
  m_impl->swatches->setObjectName("stepSwatches");
  m_impl->paletteCount = new QLabel;
  m_impl->paletteCount->setObjectName("stepPaletteCount");
  auto* load = new QPushButton(tr("Load palette…"));
  load->setObjectName("loadPaletteButton");
  load->setToolTip(tr("GPL, HEX, PAL, ASE, ACT, or the colours of a picture"));
  connect(load, &QPushButton::clicked, this, &StepList::choosePalette);
  auto* line = new QHBoxLayout;
  line->addWidget(load);
  line->addWidget(m_impl->paletteCount, 1);
  auto* layout = new QVBoxLayout(m_impl->palette);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addLayout(line);
  layout->addWidget(m_impl->swatches);
  return m_impl->palette;
}

const std::vector<CleaningStep>& StepList::steps() const {
  return m_impl->steps;
}

QString StepList::missing() const {
  for (const CleaningStep& step : m_impl->steps) {
    if (!isLock(step) || step.settings.contains("palette")) continue;
    return tr("“%1” needs a palette: load one below.").arg(stepText(step));
  }
  return {};
}

void StepList::setSteps(const std::vector<CleaningStep>& steps) {
  m_impl->steps.clear();
  for (const CleaningStep& step : steps) {
    try {
      completed(step);
      m_impl->steps.push_back(step);
    } catch (const Error&) {  // of another version: the list is made anew more easily than it is repaired
    }
  }
  list(static_cast<int>(m_impl->steps.size()) - 1);
  Q_EMIT changed();
}

void StepList::setPalette(int step, const Json& colours) {
  if (step < 0 || step >= static_cast<int>(m_impl->steps.size())) return;
  CleaningStep& locked = m_impl->steps[static_cast<std::size_t>(step)];
  if (!cleaningKind(locked.name).palette) return;
  locked.settings["palette"] = colours;
  showStep();
  Q_EMIT changed();
}

void StepList::add(const std::string& kind) {
  m_impl->steps.push_back({kind, Json::object()});
  list(static_cast<int>(m_impl->steps.size()) - 1);
  Q_EMIT changed();
}

void StepList::remove() {
  const int row = m_impl->list->currentRow();
  if (row < 0) return;
  m_impl->steps.erase(m_impl->steps.begin() + row);
  list(std::min(row, static_cast<int>(m_impl->steps.size()) - 1));
  Q_EMIT changed();
}

void StepList::move(int by) {
  const int row = m_impl->list->currentRow();
  const int to = row + by;
  if (row < 0 || to < 0 || to >= static_cast<int>(m_impl->steps.size())) return;
  std::swap(m_impl->steps[static_cast<std::size_t>(row)], m_impl->steps[static_cast<std::size_t>(to)]);
  list(to);
  Q_EMIT changed();
}

void StepList::list(int current) {
  const bool was = std::exchange(m_impl->filling, true);
  m_impl->list->clear();
  for (const CleaningStep& step : m_impl->steps) m_impl->list->addItem(stepText(step));
  m_impl->list->setCurrentRow(current);
  m_impl->list->setVisible(!m_impl->steps.empty());
  const int rows = std::min(static_cast<int>(m_impl->steps.size()), kMostRows);
  m_impl->list->setFixedHeight(rows * std::max(1, m_impl->list->sizeHintForRow(0)) + 2 * m_impl->list->frameWidth());
  m_impl->filling = was;
  showStep();
}

void StepList::showStep() {
  if (m_impl->filling) return;
  const int row = m_impl->list->currentRow();
  const bool one = row >= 0 && row < static_cast<int>(m_impl->steps.size());
  m_impl->help->setVisible(one);
  m_impl->form->setVisible(false);
  m_impl->palette->setVisible(false);
  m_impl->remove->setEnabled(one);
  m_impl->up->setEnabled(one && row > 0);
  m_impl->down->setEnabled(one && row + 1 < static_cast<int>(m_impl->steps.size()));
  if (!one) return;
  const CleaningStep& step = m_impl->steps[static_cast<std::size_t>(row)];
  const CleaningKind& kind = cleaningKind(step.name);
  m_impl->help->setText(QString::fromStdString(kind.help));
  Json settings = step.settings;
  settings.erase("palette");
  m_impl->filling = true;
  m_impl->form->setSchema(kind.settings);
  m_impl->form->setValues(settings);
  m_impl->filling = false;
  fitToRows(*m_impl->form);
  m_impl->form->setVisible(!kind.settings.settings().empty());
  if (isLock(step)) showPalette(step);
}

void StepList::showPalette(const CleaningStep& step) {
  const Json palette = step.settings.value("palette", Json::array());
  std::vector<std::pair<QRgb, int>> colours;
  for (const Json& text : palette) {
    const Rgba colour = colourFromText(text.get<std::string>());
    colours.emplace_back(qRgba(colour.r, colour.g, colour.b, colour.a), 1);
  }
  m_impl->paletteCount->setText(colours.empty() ? tr("none loaded yet")
                                                : tr("%1 colours").arg(QLocale().toString(qint64(colours.size()))));
  m_impl->swatches->setColours(std::move(colours));
  m_impl->swatches->setVisible(!palette.empty());
  m_impl->palette->show();
}

void StepList::takeForm() {
  const int row = m_impl->list->currentRow();
  if (m_impl->filling || row < 0) return;
  CleaningStep& step = m_impl->steps[static_cast<std::size_t>(row)];
  Json settings = m_impl->form->changes();
  if (step.settings.contains("palette")) settings["palette"] = step.settings.at("palette");
  if (settings == step.settings) return;
  step.settings = std::move(settings);
  m_impl->list->item(row)->setText(stepText(step));
  Q_EMIT changed();
}

void StepList::choosePalette() {
  const int row = m_impl->list->currentRow();
  if (row < 0) return;
  auto* dialog = new QFileDialog(this, tr("Load a palette"), QSettings().value("paletteFolder").toString());
  dialog->setObjectName("paletteDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters({tr("Palettes and pictures (*.gpl *.hex *.pal *.ase *.act *.txt *.png *.gif *.bmp *.webp)"),
                          tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, this, [this, dialog, row](const QString& file) {
    QSettings().setValue("paletteFolder", dialog->directory().absolutePath());
    Q_EMIT paletteRequested(row, file);
  });
  dialog->open();
}

}  // namespace loom
