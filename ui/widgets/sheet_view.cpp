#include "ui/widgets/sheet_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <utility>

#include "ui/widgets/sheet_preview.h"

namespace loom {
namespace {

constexpr const char* kLookKey = "export/previewLook";
constexpr const char* kScaleKey = "export/previewScale";
constexpr std::array kScales = {0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0};
constexpr int kUsualScale = 3;  // 1.5: the first that shows what bleeds

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
  connect(m_preview, &SheetPreview::dragWanted, this, &SheetView::dragWanted);
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
  buildLook();
  auto* tools = new QWidget;
  auto* layout = new QHBoxLayout(tools);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_which);
  layout->addStretch();
  layout->addWidget(m_look);
  layout->addWidget(m_scale);
  for (QWidget* widget : std::initializer_list<QWidget*>{out, zoom, in, fit, outlines}) layout->addWidget(widget);
  return tools;
}

void SheetView::buildLook() {
  m_look = new QComboBox;
  m_look->setObjectName("lookBox");
  m_look->setAccessibleName(tr("How the preview draws"));
  m_look->setToolTip(
      tr("The sheet, or its frames as an engine draws them through its texture filter: what bleeds in "
         "from neighbours shows at their edges, and padding and extrusion stop it"));
  m_look->addItem(tr("Sheet"));
  m_look->addItem(tr("Engine, nearest"), static_cast<int>(TextureFilter::kNearest));
  m_look->addItem(tr("Engine, bilinear"), static_cast<int>(TextureFilter::kLinear));
  m_look->addItem(tr("Engine, mipmaps"), static_cast<int>(TextureFilter::kMipmaps));
  m_scale = new QComboBox;
  m_scale->setObjectName("lookScaleBox");
  m_scale->setAccessibleName(tr("Scale of the engine"));
  m_scale->setToolTip(tr("How large the engine draws the frames"));
  for (const double scale : kScales) m_scale->addItem(tr("%1×").arg(locale().toString(scale)), scale);
  const QSettings settings;
  m_look->setCurrentIndex(std::clamp(settings.value(kLookKey, 0).toInt(), 0, m_look->count() - 1));
  m_scale->setCurrentIndex(std::clamp(settings.value(kScaleKey, kUsualScale).toInt(), 0, m_scale->count() - 1));
  for (QComboBox* box : {m_look, m_scale}) connect(box, &QComboBox::currentIndexChanged, this, &SheetView::takeLook);
  takeLook();
}

void SheetView::takeLook() {
  const bool engine = m_look->currentData().isValid();
  m_scale->setEnabled(engine);
  const EngineLook look{static_cast<TextureFilter>(m_look->currentData().toInt()), m_scale->currentData().toDouble()};
  m_preview->setEngineLook(engine ? std::optional(look) : std::nullopt);
  QSettings settings;
  settings.setValue(kLookKey, m_look->currentIndex());
  settings.setValue(kScaleKey, m_scale->currentIndex());
}

int SheetView::shown() const {
  return m_sheets ? m_which->currentIndex() : -1;
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
