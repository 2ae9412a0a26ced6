// How long it takes from a slider's move to the canvas having painted its result, in the program's own event loop: with
// real mouse events on the real page, idle and while a conditional-dcgan trains in the same process. And how long the
// map of the latent space takes to have all its pictures.
#include <QApplication>
#include <QEventLoop>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <vector>

#include "app/launch.h"
#include "ui/pages/create_page.h"
#include "ui/pages/create_stage.h"
#include "ui/widgets/latent_panel.h"
#include "ui/widgets/latent_row.h"
#include "ui/widgets/picture_map.h"
#include "ui/widgets/places_panel.h"
#include "ui/widgets/sprite_canvas.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/view_canvas.h"

namespace {

using namespace loom;
using Clock = std::chrono::steady_clock;

constexpr int kMoves = 300;
constexpr int kCharacters = 150;
constexpr int kMovesApart = 16;  // milliseconds between two moves of a hand: 60 a second
constexpr int kPatience = 120'000;

/// Runs the program's event loop until `done`. False when that took longer than `milliseconds`.
template <class Done>
bool runUntil(Done done, int milliseconds = kPatience) {
  const auto end = Clock::now() + std::chrono::milliseconds(milliseconds);
  while (!done()) {
    if (Clock::now() > end) return false;
    QTimer wake;  // so that the wait for events ends now and then
    wake.start(5);
    QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
  }
  return true;
}

void sendMouse(QWidget& widget, QEvent::Type type, QPointF at) {
  const bool moving = type == QEvent::MouseMove;
  QMouseEvent event(type, at, widget.mapToGlobal(at), moving ? Qt::NoButton : Qt::LeftButton,
                    type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&widget, &event);
}

/// Paints the canvas as Qt would and looks at the clock when that is done.
class PaintClock : public QObject {
 public:
  PaintClock(SpriteCanvas& canvas, const CreateStage& stage, std::function<void(const CharacterLook&)> painted)
      : m_canvas(canvas), m_stage(stage), m_painted(std::move(painted)) {
    canvas.installEventFilter(this);
  }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() != QEvent::Paint || watched != &m_canvas) return false;
    watched->event(event);
    m_painted(m_stage.shown());
    return true;
  }

 private:
  SpriteCanvas& m_canvas;
  const CreateStage& m_stage;
  std::function<void(const CharacterLook&)> m_painted;
};

struct Move {
  Clock::time_point at;
  float value = 0;
  std::optional<double> milliseconds;  ///< until it, or a later move, was on the canvas
};

void report(const char* what, const std::vector<Move>& moves, double limit) {
  std::vector<double> times;
  for (const Move& move : moves) {
    if (move.milliseconds) times.push_back(*move.milliseconds);
  }
  std::sort(times.begin(), times.end());
  if (times.empty()) {
    std::printf("%-34s nothing was painted\n", what);
    return;
  }
  const auto at = [&](double share) {
    return times[std::min(times.size() - 1, static_cast<std::size_t>(share * static_cast<double>(times.size())))];
  };
  std::printf("%-34s %4zu moves  p50 %6.1f ms  p95 %6.1f ms  max %6.1f ms  %s", what, times.size(), at(0.5), at(0.95),
              times.back(), at(0.95) < limit ? "ok" : "OVER");
  std::printf(" (limit %.0f ms)%s\n", limit, times.size() < moves.size() ? "  some moves changed no pixel" : "");
  std::fflush(stdout);
}

/// Drags the slider of most effect to and fro. With `together` a move comes every 16 ms whether or not the last one has
/// been drawn (a hand does not wait); otherwise each waits for the one before.
std::vector<Move> drag(CreatePage& page, bool together) {
  auto& canvas = *page.findChild<SpriteCanvas*>("canvas");
  auto& stage = *page.findChild<CreateStage*>();
  LatentRow& row = *page.findChild<LatentPanel*>()->row(0);
  const auto dimension = static_cast<std::size_t>(row.dimension());
  std::vector<Move> moves;
  moves.reserve(kMoves);
  std::size_t open = 0;  // the first move not yet on the canvas
  PaintClock clock(canvas, stage, [&](const CharacterLook& look) {
    const auto now = Clock::now();
    std::size_t shown = moves.size();
    while (shown > open && moves[shown - 1].value != look.state.latent[dimension]) --shown;
    for (; open < shown; ++open) {
      moves[open].milliseconds = std::chrono::duration<double, std::milli>(now - moves[open].at).count();
    }
  });
  const QRectF track = row.trackArea();
  const auto position = [&](int i) {
    const int sweep = static_cast<int>(track.width()) - 1;
    const int along = 3 * i % (2 * sweep);
    return QPointF(track.left() + (along < sweep ? along : 2 * sweep - along), track.center().y());
  };
  sendMouse(row, QEvent::MouseButtonPress, position(0));
  runUntil([] { return false; }, 300);
  int sent = 0;
  QTimer hand;
  hand.setTimerType(Qt::PreciseTimer);
  QObject::connect(&hand, &QTimer::timeout, [&] {
    if (sent == kMoves || (!together && open < moves.size())) return;
    const float before = row.latent();
    const auto at = Clock::now();
    moves.push_back({at, 0, {}});
    sendMouse(row, QEvent::MouseMove, position(++sent));
    moves.back().value = row.latent();
    if (row.latent() == before) moves.pop_back();
  });
  hand.start(kMovesApart);
  runUntil([&] { return sent == kMoves; });
  runUntil([&] { return open == moves.size(); }, 1000);
  sendMouse(row, QEvent::MouseButtonRelease, position(kMoves));
  return moves;
}

void measure(CreatePage& page, const char* when, double limit) {
  report((std::string(when) + ", one move at a time").c_str(), drag(page, false), limit);
  report((std::string(when) + ", 60 moves a second").c_str(), drag(page, true), limit);
}

bool complete(PictureMap& map) {
  for (int i = 0; i < map.side() * map.side(); ++i) {
    if (map.picture(i).isNull()) return false;
  }
  return map.side() > 0;
}

/// From asking for another map to all of its pictures being on it.
bool measureMap(CreatePage& page, const char* what, double limit) {
  constexpr int kMaps = 15;
  auto& tabs = *page.findChild<QTabWidget*>("shapeTabs");
  auto& places = *page.findChild<PlacesPanel*>();
  PictureMap& map = places.map();
  tabs.setCurrentWidget(&places);
  if (!runUntil([&] { return complete(map); })) return false;
  std::vector<double> times;
  for (int i = 0; i < kMaps; ++i) {
    const auto begin = Clock::now();
    page.findChild<QPushButton*>("placesOthers")->click();
    if (complete(map) || !runUntil([&] { return complete(map); })) return false;
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
  }
  std::sort(times.begin(), times.end());
  tabs.setCurrentIndex(0);
  std::printf("%-34s %4d pictures  p50 %6.1f ms  max %6.1f ms  %s (limit %.0f ms)\n", what, map.side() * map.side(),
              times[times.size() / 2], times.back(), times[times.size() / 2] < limit ? "ok" : "OVER", limit);
  std::fflush(stdout);
  return true;
}

bool trainBriefly(Session& session) {
  bool ended = false;
  QObject::connect(&session.training(), &TrainingBridge::finished, &session, [&] { ended = true; });
  QObject::connect(&session.training(), &TrainingBridge::failed, &session,
                   [&](int, const ErrorText& error) { std::fprintf(stderr, "%s\n", qPrintable(error.what)); });
  TrainingRequest request;
  request.preset = "conditional-dcgan";
  request.settings = {{"batch", 16}};
  request.steps = 3;
  session.training().start(session.project(), request);
  const bool done = runUntil([&] { return ended; });
  QObject::disconnect(&session.training(), nullptr, &session, nullptr);
  return done;
}

int run(const std::filesystem::path& folder) {
  Session session;
  session.createProject(folder);
  bool imported = false;
  QObject::connect(&session, &Session::importFinished, &session, [&] { imported = true; });
  session.addStarterSet(kCharacters, 1);
  if (!runUntil([&] { return imported; }) || !trainBriefly(session)) return 1;

  CreatePage page(session);
  page.resize(1280, 800);
  page.show();
  auto& stage = *page.findChild<CreateStage*>();
  session.notifyRunsChanged();
  if (!runUntil([&] { return !stage.shown().empty(); })) return 1;
  runUntil([] { return false; }, 4000);  // the order of the sliders is being measured in the background
  const Sprite sprite = stage.shownSprite();
  std::printf("conditional-dcgan, %dx%d, %zu views, canvas %dx%d\n", sprite.width(), sprite.height(),
              stage.shown().views.size(), stage.canvas().width(), stage.canvas().height());
  measure(page, "idle", 33);
  if (!measureMap(page, "map, idle", 400)) return 1;

  TrainingRequest request;
  request.preset = "conditional-dcgan";
  session.training().start(session.project(), request);
  if (!runUntil([&] { return session.training().progress().step >= 1; })) return 1;
  measure(page, "while training", 50);
  if (!measureMap(page, "map, while training", 800)) return 1;
  std::printf("trained %lld steps meanwhile\n", static_cast<long long>(session.training().progress().step));
  session.training().stop();
  runUntil([&] { return !session.training().active(); });
  return 0;
}

/// With the weights that come with the program, where there are any.
int runStarter(const std::filesystem::path& folder) {
  Session session;
  session.createProject(folder);
  CreatePage page(session);
  page.resize(1280, 800);
  page.show();
  auto& stage = *page.findChild<CreateStage*>();
  if (starterWeights().empty() || !runUntil([&] { return !stage.shown().empty(); })) return 0;
  runUntil([] { return false; }, 20'000);  // order and directions are being found in the background
  std::printf("starter weights, %zu views\n", stage.shown().views.size());
  measure(page, "idle", 33);
  return measureMap(page, "map, idle", 400) ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  prepareProcess(argv);
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QStandardPaths::setTestModeEnabled(true);
  QApplication app(argc, argv);
  QApplication::setOrganizationName("spriteloom-tests");
  QApplication::setApplicationName("spriteloom-bench-slider");
  applyTheme(app, Theme::kDark);
  namespace fs = std::filesystem;
  const fs::path folder =
      fs::temp_directory_path() / ("spriteloom-bench-slider-" + std::to_string(QCoreApplication::applicationPid()));
  int code = 1;
  try {
    code = runStarter(folder / "starter.loom");
    if (code == 0) code = run(folder / "trained.loom");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
  }
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  return code;
}
