// The data set as files: folders of pictures, or a CSV table.
#pragma once

#include <QDialog>
#include <memory>
#include <vector>

#include "ui/bridge/session.h"

namespace loom {

class DataExportDialog : public QDialog {
  Q_OBJECT
 public:
  /// `selected` may be exported alone.
  DataExportDialog(Session& session, std::vector<SpriteId> selected, QWidget* parent = nullptr);
  ~DataExportDialog() override;

  void reject() override;  ///< stops the writing

 protected:
  void accept() override;  ///< closes when all is written; else says why not

 private:
  void build();
  void restore();
  void remember() const;
  QString outKey() const;
  void browse();
  void followForm();
  void follow();
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
