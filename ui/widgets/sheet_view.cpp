#include "ui/widgets/sheet_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/widgets/sheet_preview.h"

namespace loom {
namespace {

QToolButton* toolButton(const QString& text, const QString& name, const QString& tip) {
  auto* button = new QToolButton;
  button->setText(text);
  button->setObjectName(name);
  button->setToolTip(tip);
  button->setAccessibleName(tip);
  return button;
}

}  // namespace

SheetView::SheetView(QWidget* parent) : QWidget(parent) {
  m_preview = new SheetPreview;
  m_tools = buildTools();
  m_pages = new QStackedWidget;
  m_pages->setObjectName("sheetPages");
  m_pages->addWidget(m_preview);
  m_pages->addWidget(buildWords());
  m_info = new QLabel;
  m_info->setObjectName("sheetInfo");
  m_info->setAccessibleName(tr("Figures of the sheet"));
  m_info->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* hovered = new QLabel;
  hovered->setObjectName("muted");
  hovered->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  hovered->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  connect(m_preview, &SheetPreview::hovered, hovered, &QLabel::setText);
  auto* line = new QHBoxLayout;
  line->addWidget(m_info);
  line->addWidget(hovered, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 0, 8, 0);
  layout->addWidget(m_tools);
  layout->addWidget(m_pages, 1);
  layout->addLayout(line);
}

QWidget* SheetView::buildTools() {
  auto* out = toolButton("−", "zoomOutButton", tr("Zoom out (−, or the wheel)"));
  auto* in = toolButton("+", "zoomInButton", tr("Zoom in (+, or the wheel)"));
  auto* fit = toolButton(tr("Fit"), "fitButton", tr("Show the whole sheet (0, or a double click)"));
  auto* outlines = toolButton(tr("Cells"), "outlinesButton", tr("Outline the cells"));
  outlines->setCheckable(true);
  outlines->setChecked(m_preview->outlines());
  auto* zoom = new QLabel(m_preview->zoomText());
  zoom->setObjectName("zoomLabel");
  zoom->setAlignment(Qt::AlignCenter);
  zoom->setMinimumWidth(40);
  connect(out, &QToolButton::clicked, m_preview, [this] { m_preview->zoomOut(); });
  connect(in, &QToolButton::clicked, m_preview, [this] { m_preview->zoomIn(); });
  connect(fit, &QToolButton::clicked, m_preview, &SheetPreview::fit);
  connect(outlines, &QToolButton::toggled, m_preview, &SheetPreview::setOutlines);
  connect(m_preview, &SheetPreview::viewChanged, zoom, [this, zoom] { zoom->setText(m_preview->zoomText()); });
  m_which = new QComboBox;
  m_which->setObjectName("whichSheetBox");
  m_which->setAccessibleName(tr("Sheet shown"));
  m_which->setToolTip(tr("Which of the sheets is shown"));
  m_which->hide();
  connect(m_which, &QComboBox::currentIndexChanged, this, &SheetView::showChosen);
  auto* tools = new QWidget;
  auto* layout = new QHBoxLayout(tools);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_which);
  layout->addStretch();
  for (QWidget* widget : std::initializer_list<QWidget*>{out, zoom, in, fit, outlines}) layout->addWidget(widget);
  return tools;
}

QWidget* SheetView::buildWords() {
  m_words = new QLabel;
  m_words->setObjectName("emptyText");
  m_words->setAlignment(Qt::AlignCenter);
  m_words->setWordWrap(true);
  m_words->setFixedWidth(400);
  m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_action = new QPushButton;
  m_action->setObjectName("emptyButton");
  m_action->setProperty("primary", true);
  connect(m_action, &QPushButton::clicked, this, &SheetView::actionRequested);
  auto* words = new QWidget;
  auto* layout = new QVBoxLayout(words);
  layout->addStretch();
  layout->addWidget(m_words, 0, Qt::AlignHCenter);
  layout->addSpacing(12);
  layout->addWidget(m_action, 0, Qt::AlignHCenter);
  layout->addStretch();
  return words;
}

void SheetView::showSheets(std::shared_ptr<const std::vector<Sheet>> sheets, const QList<QImage>& pictures) {
  m_sheets = std::move(sheets);
  m_pictures = pictures;
  m_pages->setCurrentIndex(0);
  m_tools->setEnabled(true);
  const int before = m_which->currentIndex();
  {
    const QSignalBlocker quiet(m_which);
    m_which->clear();
    for (const Sheet& sheet : *m_sheets) m_which->addItem(QString::fromStdString(sheet.suffix));
    m_which->setCurrentIndex(std::clamp(before, 0, m_which->count() - 1));
  }
  m_which->setVisible(m_which->count() > 1);
  showChosen();
}

void SheetView::showChosen() {
  const int chosen = m_which->currentIndex();
  if (!m_sheets || chosen < 0) return;
  const Sheet& sheet = m_sheets->at(static_cast<std::size_t>(chosen));
  m_preview->setSheet(std::shared_ptr<const Sheet>(m_sheets, &sheet), m_pictures.at(chosen));
}

void SheetView::showText(const QString& text, const QString& action) {
  m_sheets.reset();
  m_pictures.clear();
  m_info->clear();
  m_words->setText(text);
  m_action->setText(action);
  m_action->setVisible(!action.isEmpty());
  m_preview->clear();
  m_tools->setEnabled(false);
  m_pages->setCurrentIndex(1);
}

void SheetView::setInfo(const QString& text) {
  m_info->setText(text);
}

}  // namespace loom
