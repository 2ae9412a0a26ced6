// Characters put together from LPC layers, by hand with a live preview or at random in any number.
#pragma once

#include <QDialog>
#include <memory>

#include "ui/bridge/session.h"

class QPushButton;

namespace loom {

class ComposeDialog : public QDialog {
  Q_OBJECT
 public:
  explicit ComposeDialog(Session& session, QWidget* parent = nullptr);
  ~ComposeDialog() override;

  /// Opens a folder or archive of layers as a job of the session.
  void openLayers(const std::filesystem::path& source);

 private:
  void build();
  QPushButton* buildLayersButton();
  QWidget* buildPreview();
  QWidget* buildTools();
  QWidget* buildMany();
  void followJobs();
  void askForLayers(bool folder);
  void askForSheets();
  void askForSheet();
  void randomise();
  void choose(LpcSlot slot, int part);
  void wear(const LpcCharacter& character, const QString& what);
  void showCharacter();
  void addThis();
  void addMany();
  void saveSheet(const std::filesystem::path& file);
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
