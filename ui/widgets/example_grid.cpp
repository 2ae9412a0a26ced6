#include "ui/widgets/example_grid.h"

#include <QHelpEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr int kCell = 72;   // px, the side that a picture should have at least
constexpr int kGap = 3;     // between the pictures of an example
constexpr int kFrame = 5;   // around an example
constexpr int kApart = 10;  // between examples
const QColor kCopyColour(0xd6, 0x45, 0x3d);

}  // namespace

ExampleGrid::ExampleGrid(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("Pictures of the report"));
  QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

void ExampleGrid::setExamples(const RunEvaluation& evaluation) {
  m_examples.clear();
  m_columns.clear();
  for (const std::string& column : evaluation.columns) m_columns.push_back(QString::fromStdString(column));
  for (const EvaluationExample& example : evaluation.examples) {
    Example shown{.caption = QString::fromStdString(example.caption), .isCopy = example.isCopy};
    if (shown.isCopy) shown.caption = tr("A copy: %1").arg(shown.caption);
    for (const Sprite& sprite : example.sprites) shown.pictures.push_back(toImage(sprite));
    m_examples.push_back(std::move(shown));
  }
  setMinimumHeight(heightForWidth(width()));
  updateGeometry();
  update();
}

QSize ExampleGrid::cell() const {
  if (m_examples.empty() || m_examples.front().pictures.empty()) return {kCell, kCell};
  const QSize size = m_examples.front().pictures.front().size();
  return size * std::max(1, kCell / std::max(1, std::max(size.width(), size.height())));
}

QSize ExampleGrid::exampleSize() const {
  const auto columns = static_cast<int>(m_columns.size());
  return {columns * (cell().width() + kGap) - kGap + 2 * kFrame, cell().height() + fontMetrics().height() + 2 * kFrame};
}

int ExampleGrid::across(int width) const {
  return std::max(1, (width + kApart) / (exampleSize().width() + kApart));
}

QRect ExampleGrid::exampleArea(int index) const {
  const QSize size = exampleSize();
  const int columns = across(width());
  return {QPoint(index % columns * (size.width() + kApart), index / columns * (size.height() + kApart)), size};
}

int ExampleGrid::heightForWidth(int width) const {
  const int rows = (count() + across(width) - 1) / across(width);
  return rows * (exampleSize().height() + kApart);
}

QSize ExampleGrid::sizeHint() const {
  return {exampleSize().width(), heightForWidth(exampleSize().width())};
}

QString ExampleGrid::textAt(const QPoint& position) const {
  for (int index = 0; index < count(); ++index) {
    const QRect area = exampleArea(index);
    if (!area.contains(position)) continue;
    const int place = (position.x() - area.x() - kFrame) / (cell().width() + kGap);
    const auto column = static_cast<std::size_t>(std::clamp(place, 0, static_cast<int>(m_columns.size()) - 1));
    return tr("%1 (%2)").arg(m_columns[column], m_examples[static_cast<std::size_t>(index)].caption);
  }
  return {};
}

bool ExampleGrid::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  QToolTip::showText(help->globalPos(), textAt(help->pos()), this);
  return true;
}

void ExampleGrid::resizeEvent(QResizeEvent* event) {
  setMinimumHeight(heightForWidth(width()));
  QWidget::resizeEvent(event);
}

void ExampleGrid::paintExample(QPainter& painter, const Example& example, const QRect& area) const {
  if (example.isCopy) {
    painter.setPen(QPen(kCopyColour, 2));
    painter.drawRect(area.adjusted(1, 1, -1, -1));
  }
  QRect place(area.topLeft() + QPoint(kFrame, kFrame), cell());
  for (const QImage& picture : example.pictures) {
    paintCheckerboard(painter, place);
    painter.drawImage(pixelPerfectRect(picture.size(), place), picture);
    place.translate(cell().width() + kGap, 0);
  }
  const QRect text(area.x() + kFrame, area.y() + kFrame + cell().height(), area.width() - 2 * kFrame,
                   fontMetrics().height());
  painter.setPen(example.isCopy ? kCopyColour : palette().color(QPalette::PlaceholderText));
  painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                   fontMetrics().elidedText(example.caption, Qt::ElideRight, text.width()));
}

void ExampleGrid::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  for (int index = 0; index < count(); ++index) {
    const QRect area = exampleArea(index);
    if (area.intersects(event->rect())) paintExample(painter, m_examples[static_cast<std::size_t>(index)], area);
  }
}

}  // namespace loom
