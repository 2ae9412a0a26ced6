#include "ui/models/duration_text.h"

#include <QObject>
#include <cmath>

namespace loom {

QString durationText(double seconds) {
  if (!(seconds >= 0) || seconds > 1e8) return QStringLiteral("–");
  const auto whole = static_cast<qint64>(std::llround(seconds));
  if (whole < 60) return QObject::tr("%1 s").arg(whole);
  if (whole < 3600) return QObject::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
  return QObject::tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60, 2, 10, QLatin1Char('0'));
}

}  // namespace loom
