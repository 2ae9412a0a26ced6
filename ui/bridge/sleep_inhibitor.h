// Asks the desktop not to put the computer to sleep, over D-Bus.
#pragma once

#include <QString>
#include <functional>
#include <memory>

class QDBusConnection;

namespace loom {

/// Keeps the computer awake while it is held. Belongs to the GUI thread; nothing here waits.
class SleepInhibitor {
 public:
  /// What came of hold(): an empty text when the computer stays awake, else why it may not.
  using Told = std::function<void(const QString& trouble)>;

  virtual ~SleepInhibitor() = default;  ///< releases
  /// `why` is what the desktop may show: "Training run 3".
  virtual void hold(const QString& why, Told told) = 0;
  virtual void release() = 0;
};

/// The system's and the user's own bus; each called on a worker thread.
struct DesktopBuses {
  std::function<QDBusConnection()> system;
  std::function<QDBusConnection()> session;

  static DesktopBuses real();
};

/// org.freedesktop.login1 where the system has it (its lock is a file descriptor that is held open, so it ends with
/// this program, however that ends), else org.freedesktop.PowerManagement, else org.freedesktop.ScreenSaver of the
/// session.
std::unique_ptr<SleepInhibitor> desktopSleepInhibitor(const DesktopBuses& buses = DesktopBuses::real());

}  // namespace loom
