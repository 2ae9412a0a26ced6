#include "ui/widgets/cleaning_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/base/error.h"
#include "ui/widgets/silence.h"
#include "ui/widgets/sprite_canvas.h"
#include "ui/widgets/step_list.h"

namespace loom {
namespace {

constexpr int kPreviewPx = 150;  // high
constexpr int kDoneRows = 3;     // seen without scrolling

QLabel* heading(const QString& text) {
  auto* label = new QLabel(text);
  label->setForegroundRole(QPalette::PlaceholderText);
  return label;
}

QLabel* message(const QString& name) {
  auto* label = new QLabel;
  label->setObjectName(name);
  label->setWordWrap(true);
  label->setTextFormat(Qt::PlainText);
  return label;
}

QString doneText(const Json& json) {
  try {
    return stepText(stepFrom(json));
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
}

}  // namespace

struct CleaningPanel::Impl {
  SpriteId sprite = 0;
  Json done = Json::array();
  int selected = 0, shown = 0;

  SpriteCanvas *before = nullptr, *after = nullptr;
  QLabel *notes = nullptr, *problem = nullptr;
  StepList* steps = nullptr;
  QPushButton *applySelected = nullptr, *applyShown = nullptr;
  QWidget* doneBox = nullptr;
  QListWidget* doneList = nullptr;
  QToolButton *removeDone = nullptr, *revert = nullptr;
};

CleaningPanel::CleaningPanel(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("cleaningPanel");
  build();
  setSprite(0, Json::array());
  setCounts(0, 0);
}

CleaningPanel::~CleaningPanel() {
  silence(*this, *this);
}

void CleaningPanel::build() {
  m_impl->steps = new StepList;
  connect(m_impl->steps, &StepList::paletteRequested, this, &CleaningPanel::paletteRequested);
  connect(m_impl->steps, &StepList::changed, this, [this] {
    setCounts(m_impl->selected, m_impl->shown);
    Q_EMIT previewWanted();
  });
  auto* content = new QWidget;
  auto* layout = new QVBoxLayout(content);
  layout->setContentsMargins(12, 12, 12, 12);
  layout->addWidget(m_impl->steps);
  layout->addSpacing(8);
  layout->addWidget(buildDone());
  layout->addStretch(1);
  auto* area = new QScrollArea;
  area->setFrameShape(QFrame::NoFrame);
  area->setWidgetResizable(true);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setWidget(content);

  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->setSpacing(0);
  outer->addWidget(buildPreview());  // in sight whatever is scrolled
  outer->addWidget(area, 1);
  outer->addLayout(buildButtons());
}

QWidget* CleaningPanel::buildPreview() {
  const auto canvas = [](const QString& name, const QString& title) {
    auto* made = new SpriteCanvas;
    made->setObjectName(name);
    made->setAccessibleName(title);
    made->setFixedHeight(kPreviewPx);
    return made;
  };
  m_impl->before = canvas("cleaningBefore", tr("The sprite as it is"));
  m_impl->after = canvas("cleaningAfter", tr("The sprite after these steps"));
  // Side by side they show the same part, unless a step changes the size.
  const auto follow = [](SpriteCanvas* from, SpriteCanvas* to) {
    if (from->image().size() == to->image().size()) to->followView(*from);
  };
  connect(m_impl->before, &PixelView::viewChanged, this, [this, follow] { follow(m_impl->before, m_impl->after); });
  connect(m_impl->after, &PixelView::viewChanged, this, [this, follow] { follow(m_impl->after, m_impl->before); });
  m_impl->notes = message("cleaningNotes");
  m_impl->problem = message("cleaningProblem");
  QPalette warning = m_impl->problem->palette();
  warning.setColor(QPalette::WindowText, warning.color(QPalette::BrightText));
  m_impl->problem->setPalette(warning);
  m_impl->problem->hide();
  auto* columns = new QHBoxLayout;
  for (const auto& [title, view] : {std::pair(tr("Before"), m_impl->before), std::pair(tr("After"), m_impl->after)}) {
    auto* column = new QVBoxLayout;
    column->addWidget(heading(title));
    column->addWidget(view);
    columns->addLayout(column, 1);
  }
  auto* box = new QWidget;
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(12, 12, 12, 0);
  layout->addLayout(columns);
  layout->addWidget(m_impl->notes);
  layout->addWidget(m_impl->problem);
  return box;
}

QWidget* CleaningPanel::buildDone() {
  const auto button = [](const QString& text, const QString& name, const QString& tip) {
    auto* made = new QToolButton;
    made->setText(text);
    made->setObjectName(name);
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    return made;
  };
  m_impl->doneBox = new QWidget;
  m_impl->doneList = new QListWidget;
  m_impl->doneList->setObjectName("doneSteps");
  m_impl->doneList->setAccessibleName(tr("What was done to this sprite"));
  m_impl->doneList->setFixedHeight(kDoneRows * (fontMetrics().height() + 6) + 6);
  m_impl->removeDone = button("×", "removeDoneButton", tr("Takes this step back; the others are done anew"));
  m_impl->revert =
      button(tr("Revert"), "revertButton", tr("Gives the selected sprites back as they came; undo takes that back"));
  connect(m_impl->removeDone, &QToolButton::clicked, this, [this] {
    const int row = m_impl->doneList->currentRow();
    if (row < 0 || row >= static_cast<int>(m_impl->done.size())) return;
    Json steps = m_impl->done;
    steps.erase(static_cast<std::size_t>(row));
    Q_EMIT doneStepsEdited(steps);
  });
  connect(m_impl->revert, &QToolButton::clicked, this, &CleaningPanel::revertRequested);
  connect(m_impl->doneList, &QListWidget::currentRowChanged, this,
          [this](int row) { m_impl->removeDone->setEnabled(row >= 0); });
  auto* tools = new QHBoxLayout;
  tools->addWidget(heading(tr("Done to this sprite")));
  tools->addStretch();
  tools->addWidget(m_impl->removeDone);
  tools->addWidget(m_impl->revert);
  auto* layout = new QVBoxLayout(m_impl->doneBox);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addLayout(tools);
  layout->addWidget(m_impl->doneList);
  return m_impl->doneBox;
}

QLayout* CleaningPanel::buildButtons() {
  m_impl->applySelected = new QPushButton;
  m_impl->applySelected->setObjectName("applySelectedButton");
  m_impl->applySelected->setProperty("primary", true);
  m_impl->applySelected->setToolTip(tr("Does these steps to the selected sprites (Ctrl+Return); undo takes them back"));
  m_impl->applyShown = new QPushButton;
  m_impl->applyShown->setObjectName("applyShownButton");
  m_impl->applyShown->setToolTip(tr("Does these steps to every sprite in the grid; undo takes them back"));
  connect(m_impl->applySelected, &QPushButton::clicked, this, [this] { Q_EMIT applyRequested(true); });
  connect(m_impl->applyShown, &QPushButton::clicked, this, [this] { Q_EMIT applyRequested(false); });
  auto* buttons = new QVBoxLayout;
  buttons->setContentsMargins(12, 6, 12, 8);
  buttons->addWidget(m_impl->applySelected);
  buttons->addWidget(m_impl->applyShown);
  return buttons;
}

void CleaningPanel::setSprite(SpriteId id, const Json& doneSteps) {
  const bool other = id != m_impl->sprite;
  m_impl->sprite = id;
  m_impl->done = doneSteps;
  if (id == 0) {
    m_impl->before->clear();
    m_impl->after->clear();
    m_impl->notes->setText(tr("Select a sprite to see what the steps would do to it."));
    m_impl->notes->show();
    m_impl->problem->hide();
  }
  listDone(other ? -1 : m_impl->doneList->currentRow());
  if (id != 0) Q_EMIT previewWanted();
}

SpriteId CleaningPanel::sprite() const {
  return m_impl->sprite;
}

void CleaningPanel::listDone(int current) {
  m_impl->doneBox->setVisible(!m_impl->done.empty());
  m_impl->doneList->clear();
  for (const Json& step : m_impl->done) m_impl->doneList->addItem(doneText(step));
  m_impl->doneList->setCurrentRow(std::min(current, m_impl->doneList->count() - 1));
  m_impl->removeDone->setEnabled(m_impl->doneList->currentRow() >= 0);
}

void CleaningPanel::setCounts(int selected, int shown) {
  m_impl->selected = selected;
  m_impl->shown = shown;
  const bool any = !steps().empty() && m_impl->steps->missing().isEmpty();
  m_impl->applySelected->setText(tr("Apply to %1 selected").arg(QLocale().toString(selected)));
  m_impl->applyShown->setText(tr("Apply to all %1 shown").arg(QLocale().toString(shown)));
  m_impl->revert->setText(selected > 1 ? tr("Revert %1 selected").arg(QLocale().toString(selected)) : tr("Revert"));
  m_impl->applySelected->setEnabled(any && selected > 0);
  m_impl->applyShown->setEnabled(any && shown > 0);
  // Set after the text, which would take an & in it for a key of its own.
  m_impl->applySelected->setShortcut(Qt::CTRL | Qt::Key_Return);
}

void CleaningPanel::showAnswer(const CleaningAnswer& answer) {
  if (answer.sprite != m_impl->sprite) return;
  m_impl->before->setSprite(answer.before);
  m_impl->after->setSprite(answer.after);
  QStringList notes = answer.notes;
  notes.removeDuplicates();
  for (const char* plain : {"", "changed", "unchanged"}) notes.removeAll(plain);
  if (answer.before == answer.after && answer.problem.isEmpty()) notes.prepend(tr("Nothing would change"));
  m_impl->notes->setText(steps().empty() ? tr("Add a step to see what it would do.")
                                         : notes.join(QStringLiteral("; ")));
  m_impl->notes->setVisible(!m_impl->notes->text().isEmpty());
  const QString missing = m_impl->steps->missing();
  showProblem(missing.isEmpty() ? answer.problem : missing);
}

void CleaningPanel::showProblem(const QString& text) {
  m_impl->problem->setText(text);
  m_impl->problem->setVisible(!text.isEmpty());
}

const std::vector<CleaningStep>& CleaningPanel::steps() const {
  return m_impl->steps->steps();
}

void CleaningPanel::setSteps(const std::vector<CleaningStep>& steps) {
  m_impl->steps->setSteps(steps);
}

void CleaningPanel::setPalette(int step, const Json& colours) {
  m_impl->steps->setPalette(step, colours);
}

}  // namespace loom
