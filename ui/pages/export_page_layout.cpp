// How the export page is laid out.
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSettings>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/pages/export_page_impl.h"
#include "ui/widgets/sheet_preset_bar.h"

namespace loom {
namespace {

constexpr const char* kSplitterKey = "export/splitter";

QLabel* heading(const QString& text) {
  auto* label = new QLabel(text);
  QFont font = label->font();
  font.setBold(true);
  label->setFont(font);
  return label;
}

QWidget* scrolling(QWidget* content, int width) {
  auto* area = new QScrollArea;
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setMinimumWidth(width);
  area->setWidget(content);
  return area;
}

}  // namespace

void ExportPage::Impl::build() {
  auto* splitter = new QSplitter;
  splitter->setObjectName("exportSplitter");
  splitter->setChildrenCollapsible(false);
  splitter->addWidget(buildLeft());
  splitter->addWidget(buildMiddle());
  splitter->addWidget(buildRight());
  splitter->setStretchFactor(0, 0);
  splitter->setStretchFactor(1, 1);
  splitter->setStretchFactor(2, 0);
  splitter->restoreState(QSettings().value(kSplitterKey).toByteArray());
  connect(splitter, &QSplitter::splitterMoved, page,
          [splitter] { QSettings().setValue(kSplitterKey, splitter->saveState()); });
  auto* layout = new QVBoxLayout(page);
  layout->setContentsMargins(16, 12, 16, 12);
  layout->addWidget(splitter);
}

QWidget* ExportPage::Impl::buildLeft() {
  source = new ExportSourcePanel;
  auto* left = new QWidget;
  auto* layout = new QVBoxLayout(left);
  layout->setContentsMargins(0, 0, 8, 0);
  layout->addWidget(heading(tr("What goes on the sheet")));
  layout->addWidget(source, 1);
  return scrolling(left, 240);
}

QWidget* ExportPage::Impl::buildMiddle() {
  view = new SheetView;
  handOff = new SheetHandOff(session.jobs(), [this] { return handed(); });
  auto* middle = new QWidget;
  auto* layout = new QVBoxLayout(middle);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(view, 1);
  layout->addWidget(handOff);
  return middle;
}

QWidget* ExportPage::Impl::buildRight() {
  form = new SheetOptionsForm;
  form->restore(QSettings());
  bar = new SheetExportBar(session);
  animate = new QPushButton(tr("Anima&tion…"));
  animate->setObjectName("animationButton");
  animate->setToolTip(
      tr("Save these characters as they turn, or their animations, as GIF, WebP, APNG or MP4 (Ctrl+L)"));
  auto* content = new QWidget;
  auto* inside = new QVBoxLayout(content);
  inside->setContentsMargins(8, 0, 8, 0);
  inside->addWidget(heading(tr("How it is laid out")));
  inside->addWidget(new SheetPresetBar(*form));
  inside->addWidget(form);
  inside->addStretch();
  auto* right = new QWidget;
  auto* layout = new QVBoxLayout(right);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(scrolling(content, 280), 1);
  layout->addWidget(bar);
  auto* below = new QHBoxLayout;
  below->setContentsMargins(8, 0, 0, 0);
  below->addWidget(animate);
  layout->addLayout(below);
  return right;
}

}  // namespace loom
