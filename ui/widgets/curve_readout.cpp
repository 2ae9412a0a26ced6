#include "ui/widgets/curve_readout.h"

#include <QLocale>
#include <QStringList>
#include <cmath>
#include <utility>

namespace loom {
namespace {

constexpr int kGap = 12;            // px between the line and the box
constexpr double kSamePlace = .01;  // of what the plot shows across

QString shownValue(double value) {
  return QLocale::c().toString(value, 'g', 3);
}

const QCPGraphData& nearest(const QCPGraphDataContainer& data, double step) {
  auto point = data.findBegin(step, false);
  if (point == data.constEnd()) return *(point - 1);
  if (point != data.constBegin() && step - (point - 1)->key < point->key - step) --point;
  return *point;
}

}  // namespace

CurveReadout::CurveReadout(QCustomPlot* plot, std::function<std::vector<const MetricCurve*>()> shown)
    : m_plot(plot),
      m_shown(std::move(shown)),
      m_line(new QCPItemStraightLine(plot)),
      m_mark(new QCPItemStraightLine(plot)),
      m_box(new QLabel(plot)) {
  for (QCPItemStraightLine* line : {m_line, m_mark}) {
    line->setLayer("overlay");  // has a buffer of its own: pointing redraws no curve
    line->setVisible(false);
  }
  m_box->setObjectName("lossPlot.readout");
  m_box->setAttribute(Qt::WA_TransparentForMouseEvents);
  m_box->setAutoFillBackground(true);
  m_box->setFrameShape(QFrame::StyledPanel);
  m_box->setMargin(5);
  m_box->hide();
}

void CurveReadout::takeColours(const QPalette& palette) {
  m_ground = palette.color(QPalette::Base);
  QColor line = palette.color(QPalette::Text);
  line.setAlpha(140);
  m_line->setPen(QPen(line, 1));
  m_mark->setPen(QPen(palette.color(QPalette::Highlight), 1, Qt::DashLine));
}

void CurveReadout::place(QCPItemStraightLine& line, std::optional<double> step) const {
  const bool on = step && m_plot->xAxis->range().contains(*step);
  if (!on && !line.visible()) return;
  line.setVisible(on);
  if (on) {
    line.point1->setCoords(*step, m_plot->yAxis->range().lower);
    line.point2->setCoords(*step, m_plot->yAxis->range().upper);
  }
  m_plot->layer("overlay")->replot();
}

void CurveReadout::mark(std::optional<double> step) {
  place(*m_mark, step);
}

void CurveReadout::pointAt(std::optional<double> step) {
  m_step.reset();
  for (const MetricCurve* curve : step ? m_shown() : std::vector<const MetricCurve*>()) {
    if (curve->raw()->isEmpty()) continue;
    const double found = nearest(*curve->raw(), *step).key;
    const bool nearer = !m_step || std::abs(found - *step) < std::abs(*m_step - *step);
    if (nearer && m_plot->xAxis->range().contains(found)) m_step = found;
  }
  place(*m_line, m_step);
  m_box->setVisible(m_step.has_value());
  if (!m_step) return;
  m_box->setText(table(*m_step));
  m_box->adjustSize();
  const QRect inner = m_plot->axisRect()->rect();
  const int x = static_cast<int>(m_plot->xAxis->coordToPixel(*m_step));
  const bool left = x + kGap + m_box->width() > inner.right();
  m_box->move(left ? x - kGap - m_box->width() : x + kGap, inner.top() + 6);
}

QString CurveReadout::otherPlace(const MetricCurve& curve, double step) const {
  const double key = nearest(*curve.raw(), step).key;
  if (std::abs(key - step) <= kSamePlace * m_plot->xAxis->range().size()) return {};
  return QObject::tr("at %1").arg(m_plot->locale().toString(std::llround(key)));
}

QString CurveReadout::table(double step) const {
  QStringList rows;
  for (const MetricCurve* curve : m_shown()) {
    if (curve->raw()->isEmpty()) continue;
    rows += QString(
                "<tr><td><span style='color:%1'>&#9632;</span> %2&nbsp;&nbsp;</td><td align=right><b>%3</b></td>"
                "<td align=right>&nbsp;&nbsp;%4</td><td>&nbsp;&nbsp;%5</td></tr>")
                .arg(onGround(curve->style().colour, m_ground).name(), curve->style().title.toHtmlEscaped(),
                     shownValue(nearest(*curve->smooth(), step).value), shownValue(nearest(*curve->raw(), step).value),
                     otherPlace(*curve, step));
  }
  return QString("<b>%1</b><table cellspacing=0>%2</table>")
      .arg(m_title.arg(m_plot->locale().toString(std::llround(step))), rows.join(""));
}

QString CurveReadout::text(double step) const {
  QStringList rows;
  for (const MetricCurve* curve : m_shown()) {
    if (curve->raw()->isEmpty()) continue;
    const QString place = otherPlace(*curve, step);
    rows += QString("%1 %2 (%3)%4")
                .arg(curve->style().title, shownValue(nearest(*curve->smooth(), step).value),
                     shownValue(nearest(*curve->raw(), step).value), place.isEmpty() ? QString() : " " + place);
  }
  return rows.join('\n');
}

}  // namespace loom
