// A D-Bus of the test's own, with services on it that answer as a desktop's do.
#pragma once

#include <QDBusConnection>
#include <QDBusUnixFileDescriptor>
#include <QObject>
#include <QProcess>
#include <QString>
#include <QVariantMap>

#include "ui/bridge/sleep_inhibitor.h"

namespace loom {

/// Runs until it is destroyed.
class PrivateBus {
 public:
  PrivateBus();
  ~PrivateBus();
  bool runs() const { return !m_address.isEmpty(); }  ///< false where there is no dbus-daemon

  QDBusConnection services() const { return QDBusConnection("services"); }  ///< for the fakes
  DesktopBuses asSystem() const;                                            ///< the bus as the system's; no session bus
  DesktopBuses asSession() const;                                           ///< the other way round

 private:
  QProcess m_daemon;
  QString m_address;
};

/// org.freedesktop.login1: a lock is the writing end of a pipe, as with the real one.
class FakeLogin : public QObject {
  Q_OBJECT
  Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")
 public:
  explicit FakeLogin(const QDBusConnection& bus);
  ~FakeLogin() override;
  QStringList asked;    ///< what, who, why, mode of each call
  bool isHeld() const;  ///< someone still has the writing end

 public Q_SLOTS:
  QDBusUnixFileDescriptor Inhibit(const QString& what, const QString& who, const QString& why, const QString& mode);

 private:
  QDBusConnection m_bus;
  int m_readingEnd = -1;
};

/// org.freedesktop.ScreenSaver.
class FakeScreenSaver : public QObject {
  Q_OBJECT
  Q_CLASSINFO("D-Bus Interface", "org.freedesktop.ScreenSaver")
 public:
  explicit FakeScreenSaver(const QDBusConnection& bus);
  ~FakeScreenSaver() override;
  QStringList events;

 public Q_SLOTS:
  uint Inhibit(const QString& who, const QString& why);
  void UnInhibit(uint cookie);

 private:
  QDBusConnection m_bus;
};

/// org.freedesktop.Notifications.
class FakeNotifications : public QObject {
  Q_OBJECT
  Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
 public:
  explicit FakeNotifications(const QDBusConnection& bus);
  ~FakeNotifications() override;
  struct Shown {
    QString title, text;
    int urgency = -1;
  };
  std::vector<Shown> shown;

 public Q_SLOTS:
  uint Notify(const QString& program, uint replaces, const QString& icon, const QString& title, const QString& text,
              const QStringList& actions, const QVariantMap& hints, int milliseconds);

 private:
  QDBusConnection m_bus;
};

}  // namespace loom
