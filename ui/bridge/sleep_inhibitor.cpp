#include "ui/bridge/sleep_inhibitor.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusReply>
#include <QDBusUnixFileDescriptor>
#include <optional>

#include "ui/bridge/aside.h"

namespace loom {
namespace {

constexpr int kReplyMilliseconds = 3000;  // a bus that does not answer by then has no one who would

/// A service of the session bus that takes Inhibit(who, why) and gives a number to end it by.
struct SessionService {
  const char* name;
  const char* path;
};
constexpr SessionService kSessionServices[] = {
    {"org.freedesktop.PowerManagement", "/org/freedesktop/PowerManagement/Inhibit"},
    {"org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"},
};

QString interfaceOf(const SessionService& service) {
  const bool hasOwn = QLatin1String(service.name) == QLatin1String("org.freedesktop.PowerManagement");
  return hasOwn ? QString("%1.Inhibit").arg(service.name) : QString(service.name);
}

QDBusMessage callOf(const SessionService& service, const char* method, const QVariantList& arguments) {
  QDBusMessage call = QDBusMessage::createMethodCall(service.name, service.path, interfaceOf(service), method);
  call.setArguments(arguments);
  return call;
}

/// The lock itself; used on one worker thread alone, where every call may wait for its answer.
class DesktopLock {
 public:
  explicit DesktopLock(DesktopBuses buses) : m_buses(std::move(buses)) {}
  ~DesktopLock() { release(); }

  QString hold(const QString& why) {
    if (m_system || m_session) return {};
    const QString who = "Spriteloom";
    const QDBusConnection system = m_buses.system();
    if (system.isConnected() && holdByLogin(system, who, why)) return {};
    const QDBusConnection session = m_buses.session();
    if (!system.isConnected() && !session.isConnected()) {
      return QObject::tr("There is no D-Bus here to ask: the computer may go to sleep.");
    }
    if (session.isConnected() && holdBySession(session, who, why)) return {};
    return QObject::tr("Neither the system nor the desktop took the wish to stay awake.");
  }

  void release() {
    m_system.reset();
    if (!m_session) return;
    const auto [service, cookie] = *std::exchange(m_session, {});
    m_buses.session().call(callOf(*service, "UnInhibit", {cookie}), QDBus::Block, kReplyMilliseconds);
  }

 private:
  bool holdByLogin(QDBusConnection system, const QString& who, const QString& why) {
    QDBusMessage call = QDBusMessage::createMethodCall("org.freedesktop.login1", "/org/freedesktop/login1",
                                                       "org.freedesktop.login1.Manager", "Inhibit");
    call.setArguments({"sleep:idle", who, why, "block"});
    const QDBusReply<QDBusUnixFileDescriptor> reply = system.call(call, QDBus::Block, kReplyMilliseconds);
    if (!reply.isValid() || !reply.value().isValid()) return false;
    m_system = reply.value();
    return true;
  }

  bool holdBySession(QDBusConnection session, const QString& who, const QString& why) {
    for (const SessionService& service : kSessionServices) {
      const QDBusReply<uint> reply =
          session.call(callOf(service, "Inhibit", {who, why}), QDBus::Block, kReplyMilliseconds);
      if (!reply.isValid()) continue;
      m_session = {&service, reply.value()};
      return true;
    }
    return false;
  }

  DesktopBuses m_buses;
  std::optional<QDBusUnixFileDescriptor> m_system;  // the lock lasts as long as this descriptor is open
  std::optional<std::pair<const SessionService*, uint>> m_session;
};

class DesktopSleepInhibitor final : public SleepInhibitor {
 public:
  explicit DesktopSleepInhibitor(DesktopBuses buses) : m_lock(std::make_shared<DesktopLock>(std::move(buses))) {}

  void hold(const QString& why, Told told) override {
    m_aside.ask([lock = m_lock, why] { return lock->hold(why); }, std::move(told));
  }
  // A hold() that was not begun yet is forgotten: the newest wish alone counts.
  void release() override {
    m_aside.ask(
        [lock = m_lock] {
          lock->release();
          return true;
        },
        [](bool) {});
  }

 private:
  std::shared_ptr<DesktopLock> m_lock;
  Aside m_aside;  // last: it waits, then the lock goes
};

}  // namespace

DesktopBuses DesktopBuses::real() {
  return {&QDBusConnection::systemBus, &QDBusConnection::sessionBus};
}

std::unique_ptr<SleepInhibitor> desktopSleepInhibitor(const DesktopBuses& buses) {
  return std::make_unique<DesktopSleepInhibitor>(buses);
}

}  // namespace loom
