#include "ui/widgets/cleaning_panel.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/base/error.h"
#include "ui/widgets/palette_swatches.h"
#include "ui/widgets/settings_form.h"
#include "ui/widgets/silence.h"
#include "ui/widgets/sprite_canvas.h"

namespace loom {
namespace {

QLabel* heading(const QString& text) {
  auto* label = new QLabel(text);
  label->setForegroundRole(QPalette::PlaceholderText);
  return label;
}

QToolButton* small(const QString& text, const QString& name, const QString& tip) {
  auto* button = new QToolButton;
  button->setText(text);
  button->setObjectName(name);
  button->setToolTip(tip);
  button->setAccessibleName(tip);
  return button;
}

QString titleOf(const CleaningStep& step) {
  for (const CleaningKind& kind : cleaningKinds()) {
    if (kind.name == step.name) return QString::fromStdString(kind.title);
  }
  return step.name == kEditStep ? QObject::tr("Edited by hand") : QString::fromStdString(step.name);
}

QString describe(const CleaningStep& step) {
  try {
    return QString::fromStdString(cleaningStepText(step));
  } catch (const Error&) {
    return QString::fromStdString(step.name);
  }
}

}  // namespace

struct CleaningPanel::Impl {
  std::vector<CleaningStep> steps;
  SpriteId sprite = 0;
  Json done = Json::array();
  bool filling = false;

  SpriteCanvas *before = nullptr, *after = nullptr;
  QLabel *notes = nullptr, *problem = nullptr;
  QListWidget *list = nullptr, *doneList = nullptr;
  QToolButton *add = nullptr, *remove = nullptr, *up = nullptr, *down = nullptr;
  QLabel* help = nullptr;
  SettingsForm* form = nullptr;
  QWidget* palette = nullptr;
  PaletteSwatches* swatches = nullptr;
  QPushButton *applySelected = nullptr, *applyShown = nullptr;
  QWidget* doneBox = nullptr;
  QToolButton *removeDone = nullptr, *revert = nullptr;
};

CleaningPanel::CleaningPanel(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("cleaningPanel");
  build();
  setSprite(0, Json::array());
  setCounts(0, 0);
  listSteps(-1);
}

CleaningPanel::~CleaningPanel() {
  silence(*this, *this);
}

void CleaningPanel::build() {
  auto* content = new QWidget;
  auto* layout = new QVBoxLayout(content);
  layout->setContentsMargins(12, 12, 12, 12);
  layout->addWidget(buildPreview());
  layout->addWidget(buildSteps());
  layout->addWidget(buildDone());
  layout->addStretch();
  auto* area = new QScrollArea;
  area->setFrameShape(QFrame::NoFrame);
  area->setWidgetResizable(true);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setWidget(content);

  m_impl->applySelected = new QPushButton;
  m_impl->applySelected->setObjectName("applySelectedButton");
  m_impl->applySelected->setProperty("primary", true);
  m_impl->applySelected->setToolTip(tr("Does these steps to the selected sprites (Ctrl+Return); undo takes them back"));
  m_impl->applySelected->setShortcut(Qt::CTRL | Qt::Key_Return);
  m_impl->applyShown = new QPushButton;
  m_impl->applyShown->setObjectName("applyShownButton");
  m_impl->applyShown->setToolTip(tr("Does these steps to every sprite in the grid; undo takes them back"));
  connect(m_impl->applySelected, &QPushButton::clicked, this, [this] { Q_EMIT applyRequested(true); });
  connect(m_impl->applyShown, &QPushButton::clicked, this, [this] { Q_EMIT applyRequested(false); });
  auto* buttons = new QHBoxLayout;
  buttons->setContentsMargins(12, 0, 12, 8);
  buttons->addWidget(m_impl->applySelected, 1);
  buttons->addWidget(m_impl->applyShown, 1);

  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(area, 1);
  outer->addLayout(buttons);
}

QWidget* CleaningPanel::buildPreview() {
  auto* box = new QWidget;
  const auto canvas = [](const QString& name, const QString& title) {
    auto* made = new SpriteCanvas;
    made->setObjectName(name);
    made->setAccessibleName(title);
    made->setFixedHeight(150);
    return made;
  };
  m_impl->before = canvas("cleaningBefore", tr("The sprite as it is"));
  m_impl->after = canvas("cleaningAfter", tr("The sprite after these steps"));
  connect(m_impl->before, &PixelView::viewChanged, this, [this] { m_impl->after->followView(*m_impl->before); });
  connect(m_impl->after, &PixelView::viewChanged, this, [this] { m_impl->before->followView(*m_impl->after); });
  m_impl->notes = new QLabel;
  m_impl->notes->setObjectName("cleaningNotes");
  m_impl->notes->setWordWrap(true);
  m_impl->problem = new QLabel;
  m_impl->problem->setObjectName("cleaningProblem");
  m_impl->problem->setWordWrap(true);
  m_impl->problem->setProperty("warning", true);
  auto* columns = new QHBoxLayout;
  for (const auto& [title, view] : {std::pair(tr("Before"), m_impl->before), std::pair(tr("After"), m_impl->after)}) {
    auto* column = new QVBoxLayout;
    column->addWidget(heading(title));
    column->addWidget(view);
    columns->addLayout(column, 1);
  }
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addLayout(columns);
  layout->addWidget(m_impl->notes);
  layout->addWidget(m_impl->problem);
  return box;
}

QWidget* CleaningPanel::buildSteps() {
  auto* box = new QWidget;
  m_impl->list = new QListWidget;
  m_impl->list->setObjectName("cleaningSteps");
  m_impl->list->setAccessibleName(tr("Steps to do, in this order"));
  m_impl->list->setFixedHeight(110);
  m_impl->add = small(tr("Add step ▾"), "addStepButton", tr("Adds a step at the end"));
  m_impl->add->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(m_impl->add);
  menu->setObjectName("addStepMenu");
  menu->setToolTipsVisible(true);
  for (const CleaningKind& kind : cleaningKinds()) {
    QAction* action = menu->addAction(QString::fromStdString(kind.title), this, [this, name = kind.name] { addStep(name); });
    action->setObjectName("addStep-" + QString::fromStdString(kind.name));
    action->setToolTip(QString::fromStdString(kind.help));
  }
  m_impl->add->setMenu(menu);
  m_impl->remove = small("×", "removeStepButton", tr("Takes the step off the list"));
  m_impl->up = small("↑", "stepUpButton", tr("Does the step earlier"));
  m_impl->down = small("↓", "stepDownButton", tr("Does the step later"));
  connect(m_impl->remove, &QToolButton::clicked, this, [this] {
    const int row = m_impl->list->currentRow();
    if (row < 0) return;
    m_impl->steps.erase(m_impl->steps.begin() + row);
    listSteps(std::min(row, static_cast<int>(m_impl->steps.size()) - 1));
    changed();
  });
  connect(m_impl->up, &QToolButton::clicked, this, [this] { moveStep(-1); });
  connect(m_impl->down, &QToolButton::clicked, this, [this] { moveStep(1); });
  connect(m_impl->list, &QListWidget::currentRowChanged, this, &CleaningPanel::showStep);
  m_impl->help = new QLabel;
  m_impl->help->setWordWrap(true);
  m_impl->form = new SettingsForm;
  m_impl->form->setObjectName("stepForm");
  m_impl->form->setShowsAll(true);
  connect(m_impl->form, &SettingsForm::changed, this, &CleaningPanel::takeForm);

  m_impl->palette = new QWidget;
  m_impl->swatches = new PaletteSwatches;
  auto* load = new QPushButton(tr("Load palette…"));
  load->setObjectName("loadPaletteButton");
  load->setToolTip(tr("GPL, HEX, PAL, ASE, ACT, or the colours of a picture"));
  connect(load, &QPushButton::clicked, this, &CleaningPanel::choosePalette);
  auto* paletteLayout = new QVBoxLayout(m_impl->palette);
  paletteLayout->setContentsMargins(0, 0, 0, 0);
  paletteLayout->addWidget(load, 0, Qt::AlignLeft);
  paletteLayout->addWidget(m_impl->swatches);

  auto* tools = new QHBoxLayout;
  tools->addWidget(heading(tr("Steps")));
  tools->addStretch();
  for (QToolButton* button : {m_impl->add, m_impl->up, m_impl->down, m_impl->remove}) tools->addWidget(button);
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 8, 0, 0);
  layout->addLayout(tools);
  layout->addWidget(m_impl->list);
  layout->addWidget(m_impl->help);
  layout->addWidget(m_impl->form);
  layout->addWidget(m_impl->palette);
  return box;
}

QWidget* CleaningPanel::buildDone() {
  m_impl->doneBox = new QWidget;
  m_impl->doneList = new QListWidget;
  m_impl->doneList->setObjectName("doneSteps");
  m_impl->doneList->setAccessibleName(tr("What was done to this sprite"));
  m_impl->doneList->setFixedHeight(90);
  m_impl->removeDone = small("×", "removeDoneButton", tr("Takes this step back; the others are done anew"));
  m_impl->revert = small(tr("Revert"), "revertButton", tr("Gives the sprite back as it came"));
  connect(m_impl->removeDone, &QToolButton::clicked, this, [this] {
    const int row = m_impl->doneList->currentRow();
    if (row < 0 || row >= static_cast<int>(m_impl->done.size())) return;
    Json steps = m_impl->done;
    steps.erase(static_cast<std::size_t>(row));
    Q_EMIT doneStepsEdited(steps);
  });
  connect(m_impl->revert, &QToolButton::clicked, this, [this] { Q_EMIT doneStepsEdited(Json::array()); });
  connect(m_impl->doneList, &QListWidget::currentRowChanged, this,
          [this](int row) { m_impl->removeDone->setEnabled(row >= 0); });
  auto* tools = new QHBoxLayout;
  tools->addWidget(heading(tr("Done to this sprite")));
  tools->addStretch();
  tools->addWidget(m_impl->removeDone);
  tools->addWidget(m_impl->revert);
  auto* layout = new QVBoxLayout(m_impl->doneBox);
  layout->setContentsMargins(0, 8, 0, 0);
  layout->addLayout(tools);
  layout->addWidget(m_impl->doneList);
  return m_impl->doneBox;
}

void CleaningPanel::setSprite(SpriteId id, const Json& doneSteps) {
  const bool other = id != m_impl->sprite;
  m_impl->sprite = id;
  m_impl->done = doneSteps;
  if (id == 0) {
    m_impl->before->clear();
    m_impl->after->clear();
    m_impl->notes->setText(tr("Select a sprite to see what the steps would do to it."));
    m_impl->problem->hide();
  }
  m_impl->doneBox->setVisible(!doneSteps.empty());
  const int row = other ? -1 : m_impl->doneList->currentRow();
  m_impl->doneList->clear();
  for (const Json& json : doneSteps) {
    const CleaningStep step{json.value("name", std::string()), json.value("settings", Json::object())};
    auto* item = new QListWidgetItem(titleOf(step), m_impl->doneList);
    item->setToolTip(describe(step));
  }
  m_impl->doneList->setCurrentRow(std::min(row, m_impl->doneList->count() - 1));
  m_impl->removeDone->setEnabled(m_impl->doneList->currentRow() >= 0);
  if (id != 0) Q_EMIT previewWanted();
}

void CleaningPanel::setCounts(int selected, int shown) {
  const bool any = !m_impl->steps.empty();
  m_impl->applySelected->setText(tr("Apply to %1 selected").arg(QLocale().toString(selected)));
  m_impl->applyShown->setText(tr("Apply to all %1 shown").arg(QLocale().toString(shown)));
  m_impl->applySelected->setEnabled(any && selected > 0);
  m_impl->applyShown->setEnabled(any && shown > 0);
  m_impl->applySelected->setProperty("count", selected);
  m_impl->applyShown->setProperty("count", shown);
}

void CleaningPanel::showAnswer(const CleaningAnswer& answer) {
  if (answer.sprite != m_impl->sprite) return;
  m_impl->before->setSprite(answer.before);
  m_impl->after->setSprite(answer.after);
  QStringList notes = answer.notes;
  notes.removeAll(QString());
  const bool same = answer.before == answer.after;
  m_impl->notes->setText(!notes.isEmpty()         ? notes.join(QStringLiteral("; "))
                         : m_impl->steps.empty() ? tr("Add a step to see what it would do.")
                         : same                   ? tr("Nothing would change.")
                                                  : QString());
  m_impl->problem->setText(answer.problem);
  m_impl->problem->setVisible(!answer.problem.isEmpty());
}

const std::vector<CleaningStep>& CleaningPanel::steps() const {
  return m_impl->steps;
}

void CleaningPanel::setSteps(std::vector<CleaningStep> steps) {
  m_impl->steps = std::move(steps);
  listSteps(static_cast<int>(m_impl->steps.size()) - 1);
  changed();
}

void CleaningPanel::addStep(const std::string& kind) {
  m_impl->steps.push_back({kind, Json::object()});
  listSteps(static_cast<int>(m_impl->steps.size()) - 1);
  changed();
}

void CleaningPanel::moveStep(int by) {
  const int row = m_impl->list->currentRow();
  const int to = row + by;
  if (row < 0 || to < 0 || to >= static_cast<int>(m_impl->steps.size())) return;
  std::swap(m_impl->steps[static_cast<std::size_t>(row)], m_impl->steps[static_cast<std::size_t>(to)]);
  listSteps(to);
  changed();
}

void CleaningPanel::listSteps(int current) {
  const bool was = std::exchange(m_impl->filling, true);
  m_impl->list->clear();
  for (const CleaningStep& step : m_impl->steps) {
    auto* item = new QListWidgetItem(titleOf(step), m_impl->list);
    item->setToolTip(describe(step));
  }
  m_impl->list->setCurrentRow(current);
  m_impl->filling = was;
  showStep();
}

void CleaningPanel::showStep() {
  if (m_impl->filling) return;
  const int row = m_impl->list->currentRow();
  const bool one = row >= 0 && row < static_cast<int>(m_impl->steps.size());
  m_impl->form->setVisible(one);
  m_impl->help->setVisible(one);
  m_impl->palette->setVisible(false);
  m_impl->remove->setEnabled(one);
  m_impl->up->setEnabled(one && row > 0);
  m_impl->down->setEnabled(one && row + 1 < static_cast<int>(m_impl->steps.size()));
  if (!one) return;
  const CleaningStep& step = m_impl->steps[static_cast<std::size_t>(row)];
  const CleaningKind& kind = cleaningKind(step.name);
  m_impl->help->setText(QString::fromStdString(kind.help));
  Json settings = step.settings;
  const Json palette = settings.value("palette", Json::array());
  settings.erase("palette");
  m_impl->filling = true;
  m_impl->form->setSchema(kind.settings);
  m_impl->form->setValues(settings);
  m_impl->filling = false;
  m_impl->form->setVisible(!kind.settings.settings().empty());
  m_impl->palette->setVisible(kind.palette && step.name == "lock");
  std::vector<std::pair<QRgb, int>> colours;
  if (palette.is_array()) {
    for (const Json& colour : palette) {
      const QColor shown(QString::fromStdString(colour.get<std::string>()).left(7));
      colours.emplace_back(shown.rgba(), 1);
    }
  }
  m_impl->swatches->setColours(std::move(colours));
}

void CleaningPanel::takeForm() {
  const int row = m_impl->list->currentRow();
  if (m_impl->filling || row < 0) return;
  CleaningStep& step = m_impl->steps[static_cast<std::size_t>(row)];
  Json settings = m_impl->form->changes();
  if (step.settings.contains("palette")) settings["palette"] = step.settings.at("palette");
  if (settings == step.settings) return;
  step.settings = std::move(settings);
  m_impl->list->item(row)->setToolTip(describe(step));
  changed();
}

void CleaningPanel::choosePalette() {
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
    if (row >= static_cast<int>(m_impl->steps.size())) return;
    try {
      Json colours = Json::array();
      for (const Rgba& colour : readPalette(file.toStdString()).colours) colours.push_back(colourText(colour));
      m_impl->steps[static_cast<std::size_t>(row)].settings["palette"] = std::move(colours);
    } catch (const Error& error) {
      Q_EMIT failed(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
      return;
    }
    showStep();
    changed();
  });
  dialog->open();
}

void CleaningPanel::changed() {
  setCounts(m_impl->applySelected->property("count").toInt(), m_impl->applyShown->property("count").toInt());
  Q_EMIT previewWanted();
}

}  // namespace loom
