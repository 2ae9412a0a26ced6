// Times for people.
#pragma once

#include <QString>

namespace loom {

/// "8 s", "3 min 20 s", "1 h 05 min"; for a negative number "–".
QString durationText(double seconds);

}  // namespace loom
