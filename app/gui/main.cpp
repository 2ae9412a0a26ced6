// The studio: `spriteloom [PROJECT.loom]`.
#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <string_view>

#include "app/launch.h"
#include "ui/pages/main_window.h"
#include "ui/widgets/theme.h"

namespace {

/// Qt itself aborts where it finds no display, with words for its own developers.
bool displayIsHere(int argc, char** argv) {
  for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
    if (!qEnvironmentVariableIsEmpty(name)) return true;
  }
  // "-platform NAME" is Qt's own way to choose one
  return std::any_of(argv + 1, argv + argc, [](std::string_view word) { return word.ends_with("-platform"); });
}

void prepare(QCommandLineParser& parser) {
  QCoreApplication::setOrganizationName("Spriteloom");
  QCoreApplication::setApplicationName("Spriteloom");
  QCoreApplication::setApplicationVersion(SPRITELOOM_VERSION);
  parser.setApplicationDescription("Teaches a machine your sprites and lets you shape new ones.");
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addPositionalArgument("project", "A .loom folder to open.", "[PROJECT.loom]");
}

int sayThereIsNoDisplay(int argc, char** argv) {
  const QCoreApplication app(argc, argv);
  QCommandLineParser parser;
  prepare(parser);
  parser.process(app);  // --help and --version answer everywhere
  std::fputs(
      "There is no display here, so the studio cannot open its window.\n"
      "Everything it does, the command line does too: spriteloom-cli --help\n",
      stderr);
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (!displayIsHere(argc, argv)) return sayThereIsNoDisplay(argc, argv);
  loom::prepareProcess(argv);
  QApplication app(argc, argv);
  QCommandLineParser parser;
  prepare(parser);
  parser.process(app);

  loom::applyTheme(app, QSettings().value("light", false).toBool() ? loom::Theme::kLight : loom::Theme::kDark);
  QApplication::setWindowIcon(QIcon(":/icons/spriteloom.svg"));
  loom::MainWindow window;
  window.show();
  window.activateWindow();  // where no window manager hands out the keyboard
  const QStringList arguments = parser.positionalArguments();
  if (!arguments.isEmpty()) {
    QTimer::singleShot(0, &window, [&window, folder = arguments.front()] { window.openProject(folder); });
  }
  return QApplication::exec();
}
