// How smoothly the dataset page scrolls: fills a project with sprites, opens the page and scrolls through it in the
// program's own event loop. A frame is the time from the first event after a wait to the next wait in which something
// was painted: all that keeps the window from answering. Usage: spriteloom-bench-grid [SPRITES] (100,000 without).
#include <time.h>

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QLineEdit>
#include <QScrollBar>
#include <QSettings>
#include <QStandardPaths>
#include <QTimer>
#include <QToolButton>
#include <QWheelEvent>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "core/base/random_stream.h"
#include "core/dataset/starter.h"
#include "ui/models/sprite_model.h"
#include "ui/pages/dataset_page.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/thumbnail_grid.h"

namespace {

using namespace loom;

constexpr double kMostFrameMs = 33;
constexpr int kTickMs = 16;

double cpuMs() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Measures every stretch between two waits of the event loop: from the first event delivered after one to the next.
class FrameMeter : public QObject {
 public:
  struct Frame {
    double wallMs = 0, cpuMs = 0;
    bool painted = false;
  };

  explicit FrameMeter(const QWidget& watched) : m_watched(watched) {
    m_clock.start();
    connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, this, [this] {
      if (m_busy) m_frames.push_back({wallMs() - m_wallStart, ::cpuMs() - m_cpuStart, m_painted});
      m_busy = false;
      m_idleStart = wallMs();
    });
  }

  void delivering(const QObject* receiver, const QEvent* event) {
    if (!m_busy) {
      m_busy = true;
      m_painted = false;
      m_wallStart = wallMs();
      m_cpuStart = ::cpuMs();
      if (m_idleStart > 0) m_longestIdle = std::max(m_longestIdle, m_wallStart - m_idleStart);
    }
    if (receiver == &m_watched && event->type() == QEvent::Paint) m_painted = true;
  }

  void restart() {
    m_frames.clear();
    m_longestIdle = 0;
    m_idleStart = 0;
  }

  /// Prints and returns the worst stretch, painted or not, in ms of wall time.
  double report(const char* what) const {
    std::vector<double> frames;
    double worst = 0, worstCpu = 0;
    for (const Frame& frame : m_frames) {
      worst = std::max(worst, frame.wallMs);
      worstCpu = std::max(worstCpu, frame.cpuMs);
      if (frame.painted) frames.push_back(frame.wallMs);
    }
    std::sort(frames.begin(), frames.end());
    const auto at = [&frames](double share) {
      return frames.empty() ? 0.0 : frames[static_cast<std::size_t>(share * static_cast<double>(frames.size() - 1))];
    };
    std::printf("%-44s %5zu frames  median %5.1f  p95 %5.1f  worst %5.1f ms (%5.1f of it CPU)  longest idle %5.1f ms\n",
                what, frames.size(), at(0.5), at(0.95), worst, worstCpu, m_longestIdle);
    std::fflush(stdout);
    return worst;
  }

 private:
  double wallMs() const { return static_cast<double>(m_clock.nsecsElapsed()) / 1e6; }
  const QWidget& m_watched;
  QElapsedTimer m_clock;
  std::vector<Frame> m_frames;
  bool m_busy = false, m_painted = false;
  double m_wallStart = 0, m_cpuStart = 0, m_idleStart = 0, m_longestIdle = 0;
};

class MeteredApplication : public QApplication {
 public:
  using QApplication::QApplication;
  bool notify(QObject* receiver, QEvent* event) override {
    if (meter && receiver->thread() == thread()) meter->delivering(receiver, event);
    return QApplication::notify(receiver, event);
  }
  std::unique_ptr<FrameMeter> meter;
};

/// Runs the event loop for `ticks` ticks, calling `step` on each.
void run(int ticks, const std::function<void(int)>& step) {
  QEventLoop loop;
  QTimer timer;
  timer.setTimerType(Qt::PreciseTimer);
  int tick = 0;
  QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
    if (tick == ticks) return loop.quit();
    step(tick++);
  });
  timer.start(kTickMs);
  loop.exec();
}

void fill(const Project& project, int sprites) {
  static constexpr const char* kViews[] = {"back", "left", "front", "right"};
  static constexpr int kDrawn = 200;  // characters; each copy gets pixels of its own, so that no picture is shared
  std::vector<StarterCharacter> drawn;
  for (int i = 0; i < kDrawn; ++i) drawn.push_back(starterCharacter(1, static_cast<std::uint64_t>(i)));
  RandomStream random(7);
  Catalogue catalogue = project.catalogue();
  Catalogue::Transaction transaction(catalogue);
  for (int i = 0; i < sprites; ++i) {
    const StarterCharacter& character = drawn[static_cast<std::size_t>(i / 4 % kDrawn)];
    NewSprite sprite{character.views[static_cast<std::size_t>(i % 4)], "hero-" + std::to_string(i / 4), kViews[i % 4],
                     "/home/artist/sprites/heroes/" + std::to_string(i / 4) + ".png"};
    sprite.tags = character.tags;
    for (int spot = 0; spot < 4; ++spot) {
      sprite.pixels.at(random.between(0, 63), random.between(0, 63)) = {
          static_cast<std::uint8_t>(random.below(256)), static_cast<std::uint8_t>(random.below(256)), 0, 255};
    }
    catalogue.addSprite(sprite);
  }
  transaction.commit();
}

void wheel(ThumbnailGrid& grid, int degrees8) {
  const QPointF centre = grid.viewport()->rect().center();
  QWheelEvent event(centre, grid.viewport()->mapToGlobal(centre), {}, {0, degrees8}, Qt::NoButton, Qt::NoModifier,
                    Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(grid.viewport(), &event);
}

double measureScrolling(FrameMeter& meter, ThumbnailGrid& grid, const QString& name) {
  QScrollBar& bar = *grid.verticalScrollBar();
  double worst = 0;
  const auto phase = [&](const char* what, int ticks, const std::function<void(int)>& step) {
    run(20, [](int) {});
    meter.restart();
    run(ticks, step);
    worst = std::max(worst, meter.report(qPrintable(name + ": " + what)));
  };
  bar.setValue(0);
  phase("wheel", 250, [&](int) { wheel(grid, -120); });
  phase("through everything in 15 s", 900, [&](int tick) { bar.setValue(bar.maximum() / 900 * tick); });
  RandomStream random(3);
  phase("jumps", 120, [&](int) { bar.setValue(random.between(0, bar.maximum())); });
  return worst;
}

/// What is not scrolling, but must not hold the window up either.
double measureActions(FrameMeter& meter, DatasetPage& page, ThumbnailGrid& grid) {
  double worst = 0;
  const auto action = [&](const char* what, const std::function<void()>& act) {
    run(60, [](int) {});
    meter.restart();
    run(150, [&](int tick) {
      if (tick == 5) act();
    });
    worst = std::max(worst, meter.report(what));
  };
  auto* text = page.findChild<QLineEdit*>("filterText");
  auto* grouping = page.findChild<QComboBox*>("grouping");
  auto* duplicates = page.findChild<QToolButton*>("showDuplicates");
  auto* all = page.findChild<QToolButton*>("showAll");
  action("filter by a word", [&] { text->setText("hero-99"); });
  action("clear the filter", [&] { text->clear(); });
  action("group by view", [&] { grouping->setCurrentIndex(2); });
  action("group by character", [&] { grouping->setCurrentIndex(1); });
  action("show duplicates", [&] { duplicates->click(); });
  action("show all", [&] { all->click(); });
  action("select all", [&] { grid.selectAll(); });
  action("zoom", [&] { grid.setZoom(grid.zoom() + 1); });
  action("clear the selection", [&] { grid.clearSelection(); });
  return worst;
}

}  // namespace

int main(int argc, char** argv) {
  QStandardPaths::setTestModeEnabled(true);
  MeteredApplication app(argc, argv);
  QApplication::setOrganizationName("spriteloom-benchmarks");
  QApplication::setApplicationName("grid");
  QSettings().clear();
  applyTheme(app, Theme::kDark);
  const int sprites = argc > 1 ? std::atoi(argv[1]) : 100'000;
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() /
      ("spriteloom-bench-grid-" + std::to_string(QCoreApplication::applicationPid()) + ".loom");
  bool smooth = false;
  {
    Session session;
    session.createProject(folder);
    QElapsedTimer clock;
    clock.start();
    fill(session.project(), sprites);
    std::printf("%d sprites written in %.1f s; platform %s\n", sprites, static_cast<double>(clock.elapsed()) / 1e3,
                qPrintable(QGuiApplication::platformName()));

    DatasetPage page(session);
    page.resize(1280, 800);
    page.show();
    auto* grid = page.findChild<ThumbnailGrid*>("thumbnailGrid");
    app.meter = std::make_unique<FrameMeter>(*grid->viewport());
    FrameMeter& meter = *app.meter;
    clock.restart();
    session.notifySpritesChanged();
    while (grid->verticalScrollBar()->maximum() == 0) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    std::printf("listed after %lld ms\n", static_cast<long long>(clock.elapsed()));
    meter.report("opening");

    double worst = measureScrolling(meter, *grid, "by character");
    page.findChild<QComboBox*>("grouping")->setCurrentIndex(0);
    run(100, [](int) {});
    worst = std::max(worst, measureScrolling(meter, *grid, "not grouped"));
    grid->setZoom(1);
    worst = std::max(worst, measureScrolling(meter, *grid, "not grouped, zoom 1"));
    const double worstAction = measureActions(meter, page, *grid);
    app.meter.reset();
    smooth = worst < kMostFrameMs && worstAction < kMostFrameMs;
    std::printf("worst frame while scrolling %.1f ms, worst stretch of an action %.1f ms: %s (limit %.0f ms)\n", worst,
                worstAction, smooth ? "smooth" : "NOT smooth", kMostFrameMs);
  }
  std::filesystem::remove_all(folder);
  return smooth ? 0 : 1;
}
