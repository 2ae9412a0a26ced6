#include "tests/ui/private_bus.h"

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>

namespace loom {
namespace {

QDBusConnection connectionTo(const QString& address) {
  return QDBusConnection::connectToBus(address, "client");
}

QDBusConnection noBus() {
  return QDBusConnection("a bus nobody connected to");
}

void serve(QDBusConnection bus, const char* name, const char* path, QObject* service) {
  if (!bus.registerService(name) || !bus.registerObject(path, service, QDBusConnection::ExportAllSlots)) {
    throw std::runtime_error(std::string("cannot serve ") + name);
  }
}

}  // namespace

PrivateBus::PrivateBus() {
  m_daemon.start("dbus-daemon", {"--session", "--nofork", "--nopidfile", "--print-address=1"});
  constexpr int kStartMilliseconds = 20'000;
  if (!m_daemon.waitForStarted(kStartMilliseconds) || !m_daemon.waitForReadyRead(kStartMilliseconds)) return;
  m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
  if (!QDBusConnection::connectToBus(m_address, "services").isConnected()) m_address.clear();
}

PrivateBus::~PrivateBus() {
  QDBusConnection::disconnectFromBus("client");
  QDBusConnection::disconnectFromBus("services");
  m_daemon.terminate();
  m_daemon.waitForFinished();
}

DesktopBuses PrivateBus::asSystem() const {
  return {[address = m_address] { return connectionTo(address); }, noBus};
}

DesktopBuses PrivateBus::asSession() const {
  return {noBus, [address = m_address] { return connectionTo(address); }};
}

FakeLogin::FakeLogin(const QDBusConnection& bus) : m_bus(bus) {
  serve(m_bus, "org.freedesktop.login1", "/org/freedesktop/login1", this);
}

FakeLogin::~FakeLogin() {
  m_bus.unregisterService("org.freedesktop.login1");
  m_bus.unregisterObject("/org/freedesktop/login1");
  if (m_readingEnd >= 0) ::close(m_readingEnd);
}

QDBusUnixFileDescriptor FakeLogin::Inhibit(const QString& what, const QString& who, const QString& why,
                                           const QString& mode) {
  asked += {what, who, why, mode};
  int ends[2];
  if (m_readingEnd >= 0 || ::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return {};
  m_readingEnd = ends[0];
  QDBusUnixFileDescriptor lock;
  lock.giveFileDescriptor(ends[1]);
  return lock;
}

bool FakeLogin::isHeld() const {
  char byte = 0;
  return m_readingEnd >= 0 && ::read(m_readingEnd, &byte, 1) < 0;  // 0: the end of the file
}

FakeScreenSaver::FakeScreenSaver(const QDBusConnection& bus) : m_bus(bus) {
  serve(m_bus, "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", this);
}

FakeScreenSaver::~FakeScreenSaver() {
  m_bus.unregisterService("org.freedesktop.ScreenSaver");
  m_bus.unregisterObject("/org/freedesktop/ScreenSaver");
}

uint FakeScreenSaver::Inhibit(const QString& who, const QString& why) {
  events += "inhibit " + who + ": " + why;
  return 7;
}

void FakeScreenSaver::UnInhibit(uint cookie) {
  events += "uninhibit " + QString::number(cookie);
}

FakeNotifications::FakeNotifications(const QDBusConnection& bus) : m_bus(bus) {
  serve(m_bus, "org.freedesktop.Notifications", "/org/freedesktop/Notifications", this);
}

FakeNotifications::~FakeNotifications() {
  m_bus.unregisterService("org.freedesktop.Notifications");
  m_bus.unregisterObject("/org/freedesktop/Notifications");
}

uint FakeNotifications::Notify(const QString& /*program*/, uint /*replaces*/, const QString& /*icon*/,
                               const QString& title, const QString& text, const QStringList& /*actions*/,
                               const QVariantMap& hints, int /*milliseconds*/) {
  shown.push_back({title, text, hints.value("urgency", -1).toInt()});
  return static_cast<uint>(shown.size());
}

}  // namespace loom
