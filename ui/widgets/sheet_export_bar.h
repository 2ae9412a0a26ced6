// The buttons that write a sheet: export, export again, open the folder; and what was written last.
#pragma once

#include <QString>
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "core/studio/characters.h"
#include "ui/bridge/session.h"

class QLabel;
class QPushButton;

namespace loom {

/// Asks for the file, and before it replaces one; writes as a job. An export that is asked for while the sheet is being
/// laid out waits for it, so that what is written is what the form says.
class SheetExportBar : public QWidget {
  Q_OBJECT
 public:
  explicit SheetExportBar(Session& session, QWidget* parent = nullptr);

  void adoptProject();  ///< another project is open: its last file counts
  void noSheet();       ///< there is nothing to export
  void awaitSheet();    ///< a sheet is being laid out
  void setSheet(std::shared_ptr<const Sheet> sheet);
  void setData(const std::vector<SheetData>& data) { m_data = data; }

  void exportAs();
  void exportAgain();  ///< to the last file; asks for one when there is none

 private:
  struct Target {
    std::filesystem::path file;
    std::vector<SheetData> data;
    bool replace;
  };
  void begin(const QString& file);
  std::optional<bool> mayReplace(const SheetFiles& files);  ///< nothing: the user does not want to
  void write(const Target& target);
  void remember(const SheetFiles& files);
  void showState();

  Session& m_session;
  QLabel* m_saved = nullptr;
  QPushButton* m_folderButton = nullptr;
  QPushButton* m_exportButton = nullptr;
  QPushButton* m_againButton = nullptr;
  bool m_possible = false;
  std::shared_ptr<const Sheet> m_sheet;  ///< null while it is being laid out
  std::vector<SheetData> m_data;
  std::optional<Target> m_waiting;
  QString m_lastFile;
};

}  // namespace loom
