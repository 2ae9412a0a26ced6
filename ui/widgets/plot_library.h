// QCustomPlot's header, which still spells Qt's keywords as macros; they are off everywhere else.
#pragma once

#include <QObject>

#define signals Q_SIGNALS
#define slots Q_SLOTS
#define foreach Q_FOREACH
#include <qcustomplot.h>  // IWYU pragma: export
#undef signals
#undef slots
#undef foreach
