#include "ui/widgets/page_pictures.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>
#include <utility>

namespace loom {

PagePictures::PagePictures(QWidget* parent) : QTableWidget(0, kColumns, parent) {
  setObjectName("pagePictures");
  setAccessibleName(tr("Pictures of the page"));
  setToolTip(tr("Tick what is to be fetched; Space ticks the selected rows"));
  setHorizontalHeaderLabels({tr("Picture"), tr("Size"), tr("Bytes"), tr("Shows")});
  horizontalHeader()->setStretchLastSection(true);
  horizontalHeader()->setHighlightSections(false);
  verticalHeader()->hide();
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setColumnWidth(kPicture, 300);
  setColumnWidth(kSize, 110);
  setColumnWidth(kBytes, 90);
  connect(this, &QTableWidget::itemChanged, this, [this] {
    if (!m_filling) Q_EMIT pickedChanged();
  });
}

void PagePictures::setPictures(std::vector<WebPicture> pictures) {
  m_pictures = std::move(pictures);
  m_filling = true;
  clearSelection();
  setRowCount(static_cast<int>(m_pictures.size()));
  for (int row = 0; row < rowCount(); ++row) {
    for (int column = 0; column < kColumns; ++column) setItem(row, column, new QTableWidgetItem);
    item(row, kPicture)->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item(row, kPicture)->setCheckState(Qt::Checked);
    showRow(row);
  }
  m_filling = false;
  scrollToTop();
  Q_EMIT pickedChanged();
}

void PagePictures::measured(int row, const WebPicture& picture) {
  if (row < 0 || row >= rowCount()) return;
  WebPicture& known = m_pictures[static_cast<std::size_t>(row)];
  if (known.url != picture.url) return;
  known = picture;
  m_filling = true;
  showRow(row);
  m_filling = false;
  Q_EMIT pickedChanged();
}

void PagePictures::showRow(int row) {
  const WebPicture& picture = m_pictures[static_cast<std::size_t>(row)];
  constexpr std::size_t kShownAddress = 300;
  QTableWidgetItem* name = item(row, kPicture);
  name->setText(QString::fromStdString(picture.name));
  name->setToolTip(QString::fromStdString(picture.url.substr(0, kShownAddress)));
  item(row, kSize)->setText(picture.width > 0 ? tr("%1 × %2").arg(picture.width).arg(picture.height) : QString());
  item(row, kBytes)->setText(picture.bytes >= 0 ? QLocale().formattedDataSize(picture.bytes) : QString());
  const QString shows = QString::fromStdString(picture.problem.empty() ? picture.alt : picture.problem);
  item(row, kShows)->setText(shows);
  item(row, kShows)->setToolTip(shows);
  if (canBePicked(row)) return;
  name->setCheckState(Qt::Unchecked);
  for (int column = 0; column < kColumns; ++column) item(row, column)->setFlags(Qt::ItemIsSelectable);
}

bool PagePictures::canBePicked(int row) const {
  return m_pictures[static_cast<std::size_t>(row)].problem.empty();
}

void PagePictures::pickAll(bool picked) {
  m_filling = true;
  for (int row = 0; row < rowCount(); ++row) {
    if (canBePicked(row)) item(row, kPicture)->setCheckState(picked ? Qt::Checked : Qt::Unchecked);
  }
  m_filling = false;
  Q_EMIT pickedChanged();
}

std::vector<WebPicture> PagePictures::picked() const {
  std::vector<WebPicture> found;
  for (int row = 0; row < rowCount(); ++row) {
    if (item(row, kPicture)->checkState() == Qt::Checked) found.push_back(m_pictures[static_cast<std::size_t>(row)]);
  }
  return found;
}

std::vector<int> PagePictures::unmeasured() const {
  std::vector<int> rows;
  for (int row = 0; row < rowCount(); ++row) {
    if (m_pictures[static_cast<std::size_t>(row)].width == 0 && canBePicked(row)) rows.push_back(row);
  }
  return rows;
}

void PagePictures::keyPressEvent(QKeyEvent* event) {
  const QList<QModelIndex> rows = selectionModel()->selectedRows();
  if (event->key() != Qt::Key_Space || rows.isEmpty()) return QTableWidget::keyPressEvent(event);
  const bool picked = item(rows.front().row(), kPicture)->checkState() != Qt::Checked;
  m_filling = true;
  for (const QModelIndex& row : rows) {
    if (canBePicked(row.row())) item(row.row(), kPicture)->setCheckState(picked ? Qt::Checked : Qt::Unchecked);
  }
  m_filling = false;
  Q_EMIT pickedChanged();
}

}  // namespace loom
