// Short notices on the desktop, over D-Bus.
#pragma once

#include <QString>
#include <memory>

#include "ui/bridge/sleep_inhibitor.h"

namespace loom {

struct Notice {
  QString title;
  QString text;
  bool urgent = false;  ///< something went wrong
};

class NoticeBoard {
 public:
  virtual ~NoticeBoard() = default;
  /// Returns at once.
  virtual void show(const Notice& notice) = 0;
};

/// org.freedesktop.Notifications of the session bus; where there is none, nothing is shown.
std::unique_ptr<NoticeBoard> desktopNoticeBoard(const DesktopBuses& buses = DesktopBuses::real());

}  // namespace loom
