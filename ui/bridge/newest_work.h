// Works out on a thread of its own what is asked faster than it can be answered: the newest question wins.
#pragma once

#include <QObject>
#include <functional>
#include <memory>

namespace loom {

class NewestWork : public QObject {
  Q_OBJECT
 public:
  explicit NewestWork(QObject* parent = nullptr);
  ~NewestWork() override;  ///< waits for the work in hand; what it found out is not shown any more

  /// Shows, on the GUI thread, what the work found out.
  using Show = std::function<void()>;
  /// `work` runs on the thread, unless something newer is asked before its turn comes. It must not throw.
  void ask(std::function<Show()> work);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
