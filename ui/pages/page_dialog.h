// The pictures of a web page: listed with their sizes, picked, and fetched under a licence that is named.
#pragma once

#include <QDialog>
#include <memory>

#include "ui/bridge/session.h"

class QLayout;

namespace loom {

class PageDialog : public QDialog {
  Q_OBJECT
 public:
  /// Pictures whose size is asked for unasked; at one a second, more take long.
  static constexpr int kMeasuredAtOnce = 12;

  /// Looks at `address` at once when it is one.
  PageDialog(Session& session, const QString& address, QWidget* parent = nullptr);
  /// Lists these addresses, as a browser hands them over.
  PageDialog(Session& session, const std::vector<std::string>& pictures, QWidget* parent = nullptr);
  ~PageDialog() override;

 protected:
  void accept() override;

 private:
  void build();
  QLayout* buildAddress();
  QLayout* buildLabels();
  void look();
  void list(const WebPage& page);
  void measure(std::size_t most);
  void stopMeasuring();
  void showPicked();
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
