// Gives the sheet shown to other programs: by the clipboard, by dragging it there, or opened in an editor.
#pragma once

#include <QImage>
#include <QTemporaryDir>
#include <QWidget>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "core/studio/characters.h"
#include "ui/bridge/job_runner.h"

class QMimeData;
class QPushButton;

namespace loom {

/// A sheet, and the name that its picture has as a file.
struct HandedSheet {
  std::shared_ptr<const Sheet> sheet;
  QString name;                                        ///< "heroes.png"
  bool fullColour = false;                             ///< RGBA also where a palette would do
  std::optional<std::filesystem::path> exported = {};  ///< the same picture, where it lies already
};

/// What a drag carries: the picture's pixels, and the address of its file. The caller owns it.
QMimeData* sheetMimeData(const QImage& picture, const QString& file);

/// Files for other programs lie in a temporary folder, under the sheet's proper name.
class SheetHandOff : public QWidget {
  Q_OBJECT
 public:
  /// `shown` is asked when the user acts; nothing: there is no sheet now.
  SheetHandOff(JobRunner& jobs, std::function<std::optional<HandedSheet>()> shown, QWidget* parent = nullptr);

  void copy();
  void drag();
  void openInEditor();
  /// Writes the picture where another program finds it, unless it lies somewhere already. Throws Error.
  QString fileOf(const HandedSheet& handed);

 Q_SIGNALS:
  void told(const QString& what, const QString& hint);  ///< for the window's status line

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void nameEditor();
  QString placeOf(const HandedSheet& handed);
  void startEditor(const QString& file);

  JobRunner& m_jobs;
  std::function<std::optional<HandedSheet>()> m_shown;
  QPushButton* m_dragButton = nullptr;
  QPushButton* m_editorButton = nullptr;
  std::optional<QPointF> m_pressed;  ///< on the button to drag from
  std::unique_ptr<QTemporaryDir> m_folder;
  int m_given = 0;  ///< files so far
};

}  // namespace loom
