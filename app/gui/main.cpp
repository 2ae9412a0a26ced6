// The studio: `spriteloom [PROJECT.loom]`.
#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>
#include <QTimer>

#include "app/launch.h"
#include "ui/pages/main_window.h"
#include "ui/widgets/theme.h"

int main(int argc, char** argv) {
  loom::prepareProcess(argv);
  QApplication app(argc, argv);
  QApplication::setOrganizationName("Spriteloom");
  QApplication::setApplicationName("Spriteloom");
  QApplication::setApplicationVersion(SPRITELOOM_VERSION);

  QCommandLineParser parser;
  parser.setApplicationDescription("Teaches a machine your sprites and lets you shape new ones.");
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addPositionalArgument("project", "A .loom folder to open.", "[PROJECT.loom]");
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
