#include "ui/bridge/desktop_notice.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QThreadPool>
#include <QVariantMap>

namespace loom {
namespace {

constexpr int kReplyMilliseconds = 3000;
constexpr uint kNoOther = 0;         // it replaces no notice that is shown
constexpr int kDesktopDecides = -1;  // how long it is shown

class DesktopNoticeBoard final : public NoticeBoard {
 public:
  explicit DesktopNoticeBoard(DesktopBuses buses) : m_buses(std::move(buses)) { m_pool.setMaxThreadCount(1); }

  void show(const Notice& notice) override {
    m_pool.start([session = m_buses.session, notice] {
      const QDBusConnection bus = session();
      if (!bus.isConnected()) return;
      constexpr uchar kNormal = 1, kCritical = 2;
      const QVariantMap hints = {{"urgency", QVariant::fromValue(notice.urgent ? kCritical : kNormal)},
                                 {"desktop-entry", "spriteloom"}};
      QDBusMessage call = QDBusMessage::createMethodCall(
          "org.freedesktop.Notifications", "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "Notify");
      call.setArguments({"Spriteloom", kNoOther, "spriteloom", notice.title, notice.text.toHtmlEscaped(), QStringList(),
                         hints, kDesktopDecides});
      bus.call(call, QDBus::Block, kReplyMilliseconds);
    });
  }

 private:
  DesktopBuses m_buses;
  QThreadPool m_pool;  // last: it waits
};

}  // namespace

std::unique_ptr<NoticeBoard> desktopNoticeBoard(const DesktopBuses& buses) {
  return std::make_unique<DesktopNoticeBoard>(buses);
}

}  // namespace loom
