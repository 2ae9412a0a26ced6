// How long the window does not answer while training takes all the cores it gets: events are posted to it a thousand
// times a second from a thread of their own, and each looks at the clock when it is delivered. The whole window is
// open; the plot draws, previews arrive, the grid of sprites scrolls. Usage: spriteloom-bench-load [SECONDS A PART]
#include <QApplication>
#include <QEventLoop>
#include <QScrollBar>
#include <QSettings>
#include <QStandardPaths>
#include <QTimer>
#include <QWheelEvent>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <thread>
#include <vector>

#include "app/launch.h"
#include "ui/pages/main_window.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/thumbnail_grid.h"

namespace {

using namespace loom;
using Clock = std::chrono::steady_clock;

constexpr double kMostMs = 16;  // at p99
constexpr int kCharacters = 150;
constexpr int kTickMs = 16;
constexpr int kPatienceMs = 300'000;

/// Runs the program's event loop until `done`, calling `tick` every 16 ms. False when that took too long.
bool runUntil(const std::function<bool()>& done, int milliseconds = kPatienceMs,
              const std::function<void()>& tick = {}) {
  QEventLoop loop;
  QTimer timer;
  timer.setTimerType(Qt::PreciseTimer);
  const auto end = Clock::now() + std::chrono::milliseconds(milliseconds);
  QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
    if (tick) tick();
    if (done() || Clock::now() > end) loop.quit();
  });
  timer.start(kTickMs);
  loop.exec();
  return done();
}

/// Posts to the window's thread every millisecond for as long as it lives. What it delivers is added to `delays`, in
/// ms.
class Caller {
 public:
  Caller(QObject& context, std::vector<double>& delays)
      : m_thread([&context, &delays](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
            const auto posted = Clock::now();
            QMetaObject::invokeMethod(
                &context,
                [&delays, posted] {
                  delays.push_back(std::chrono::duration<double, std::milli>(Clock::now() - posted).count());
                },
                Qt::QueuedConnection);
            std::this_thread::sleep_until(posted + std::chrono::milliseconds(1));
          }
        }) {}

 private:
  std::jthread m_thread;
};

/// Whether 99 of 100 events were answered in time.
bool report(const char* what, std::vector<double> delays, double steps) {
  if (delays.empty()) return false;
  std::ranges::sort(delays);
  const auto at = [&delays](double share) {
    return delays[std::min(delays.size() - 1, static_cast<std::size_t>(share * static_cast<double>(delays.size())))];
  };
  const bool well = at(.99) <= kMostMs;
  std::printf("%-44s %6zu events  p50 %6.2f  p99 %6.2f  p99.9 %6.2f  max %6.1f ms  %5.2f steps/s  %s\n", what,
              delays.size(), at(.5), at(.99), at(.999), delays.back(), steps, well ? "ok" : "OVER");
  std::fflush(stdout);
  return well;
}

class Load {
 public:
  Load(MainWindow& window, int seconds) : m_window(window), m_seconds(seconds) {}

  bool measure(const char* what, const std::function<void()>& tick = {}) {
    runUntil([] { return false; }, 1000);  // what the page did when it was opened is another benchmark's
    const std::int64_t before = m_window.session().training().progress().step;
    std::vector<double> delays;
    {
      QObject context;
      const Caller caller(context, delays);
      runUntil([] { return false; }, m_seconds * 1000, tick);
    }
    const auto steps = static_cast<double>(m_window.session().training().progress().step - before);
    return report(what, delays, steps / m_seconds);
  }

  bool train(const std::string& preset, int previewEvery) {
    TrainingRequest request;
    request.preset = preset;
    request.settings = {{"preview_every", previewEvery}};
    request.precision = "auto";
    m_window.session().training().start(m_window.session().project(), request);
    return runUntil([this] { return m_window.session().training().progress().step >= 2; });
  }

  void stop() {
    m_window.session().training().stop();
    runUntil([this] { return !m_window.session().training().active(); });
  }

 private:
  MainWindow& m_window;
  int m_seconds;
};

void wheel(ThumbnailGrid& grid, int degrees8) {
  const QPointF centre = grid.viewport()->rect().center();
  QWheelEvent event(centre, grid.viewport()->mapToGlobal(centre), {}, {0, degrees8}, Qt::NoButton, Qt::NoModifier,
                    Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(grid.viewport(), &event);
}

int run(const std::filesystem::path& folder, int seconds) {
  MainWindow window;
  window.resize(1280, 800);
  window.show();
  Session& session = window.session();
  session.createProject(folder);
  bool imported = false;
  QObject::connect(&session, &Session::importFinished, &session, [&] { imported = true; });
  session.addStarterSet(kCharacters, 1);
  if (!runUntil([&] { return imported; })) return 1;
  Load load(window, seconds);
  window.showPage(Page::kTrain);
  bool well = load.measure("nothing trains");
  auto& grid = *window.findChild<ThumbnailGrid*>("thumbnailGrid");
  int ticks = 0;
  const auto scroll = [&] { wheel(grid, ++ticks / 100 % 2 == 0 ? -120 : 120); };
  for (const char* preset : {"dcgan", "conditional-dcgan"}) {
    const std::string name = preset;
    if (!load.train(name, 25)) return 1;
    well &= load.measure((name + ": its plot").c_str());
    window.showPage(Page::kDataset);
    well &= load.measure((name + ": the grid scrolls").c_str(), scroll);
    load.stop();
    window.showPage(Page::kTrain);
    if (!load.train(name, 1)) return 1;
    well &= load.measure((name + ": a preview a step").c_str());
    load.stop();
  }
  return well ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  prepareProcess(argv);
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QStandardPaths::setTestModeEnabled(true);
  QApplication app(argc, argv);
  QApplication::setOrganizationName("spriteloom-benchmarks");
  QApplication::setApplicationName("load");
  QSettings().clear();
  applyTheme(app, Theme::kDark);
  namespace fs = std::filesystem;
  const fs::path folder =
      fs::temp_directory_path() / ("spriteloom-bench-load-" + std::to_string(QCoreApplication::applicationPid()));
  int code = 1;
  try {
    code = run(folder, argc > 1 ? std::atoi(argv[1]) : 5);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
  }
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  return code;
}
