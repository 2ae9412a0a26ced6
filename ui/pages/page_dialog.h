// The pictures of a web page: listed with their sizes, picked, and fetched under a licence that is named.
#pragma once

#include <QDialog>
#include <memory>

#include "ui/bridge/session.h"

namespace loom {

class PageDialog : public QDialog {
  Q_OBJECT
 public:
  /// Looks at `address` at once when it is one.
  PageDialog(Session& session, const QString& address, QWidget* parent = nullptr);
  /// Lists these addresses, as a browser hands them over.
  PageDialog(Session& session, const std::vector<std::string>& pictures, QWidget* parent = nullptr);
  ~PageDialog() override;

 protected:
  void accept() override;

 private:
  void build();
  void look();
  void list(const WebPage& page);
  void measure();
  void showRow(int row);
  void showCount();
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
