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

/// Asks for the file, and before it replaces one; writes as a job. An export that is asked for while the sheets are
/// being laid out waits for them, so that what is written is what the form says.
class SheetExportBar : public QWidget {
  Q_OBJECT
 public:
  explicit SheetExportBar(Session& session, QWidget* parent = nullptr);

  void adoptProject();  ///< another project is open: its last file counts
  void noSheet();       ///< there is nothing to export
  void awaitSheet();    ///< a sheet is being laid out
  void setSheets(std::shared_ptr<const std::vector<Sheet>> sheets);
  /// The files beside the sheets, and whether these are RGBA in any case.
  void setFormats(const std::vector<SheetData>& data, bool fullColour);

  /// Of the last file, else proposed for the next: "heroes.png".
  QString fileName() const;
  /// The picture of the sheet of that number, where it was written as it is shown and is still there; else nothing.
  std::optional<std::filesystem::path> exported(std::size_t sheet) const;

  void exportAs();
  void exportAgain();  ///< to the last file; asks for one when there is none

 private:
  void begin(const QString& file);
  void ask();                                                            ///< for what must be replaced, then writes
  std::optional<bool> mayReplace(const std::vector<SheetFiles>& files);  ///< nothing: the user does not want to
  void write(const std::filesystem::path& file, const std::shared_ptr<const std::vector<Sheet>>& sheets,
             const SheetSaving& saving);
  void remember(const std::filesystem::path& file, const std::vector<std::filesystem::path>& written);
  void showWritten(const std::vector<std::filesystem::path>& written);
  void showState();

  Session& m_session;
  QLabel* m_saved = nullptr;
  QPushButton* m_folderButton = nullptr;
  QPushButton* m_exportButton = nullptr;
  QPushButton* m_againButton = nullptr;
  bool m_possible = false;
  std::shared_ptr<const std::vector<Sheet>> m_sheets;   ///< null while they are being laid out
  std::shared_ptr<const std::vector<Sheet>> m_written;  ///< what lies in the last file
  SheetSaving m_saving;
  std::optional<std::filesystem::path> m_waiting;  ///< to be written as soon as there are sheets
  QString m_lastFile;
};

}  // namespace loom
