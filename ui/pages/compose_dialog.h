// Characters put together from LPC layers, by hand with a live preview or at random in any number.
#pragma once

#include <QDialog>
#include <memory>

#include "ui/bridge/session.h"

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
  QWidget* buildPreview();
  QWidget* buildSlots();
  QWidget* buildMany();
  void askForLayers();
  void randomise();
  void choose(LpcSlot slot, int part);
  void showCharacter();
  void addThis();
  void addMany();
  void askForSheets();
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
