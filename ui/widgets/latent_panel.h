// Every latent value of a model as a slider, those that change the picture most first.
#pragma once

#include <QWidget>
#include <span>
#include <vector>

class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace loom {

class LatentRow;

/// Shows values and asks for changes; whoever owns the latent decides (and says so with setLatent). Usable alone.
class LatentPanel : public QWidget {
  Q_OBJECT
 public:
  explicit LatentPanel(QWidget* parent = nullptr);

  /// The dimensions 0..n-1 in the order shown. Another n makes new rows and opens every lock. While a slider is held or
  /// a value typed the rows stay as they are until then; the focus follows its dimension.
  void setOrder(const std::vector<int>& order);
  /// Values by dimension; another length than the order's is ignored. Emits nothing.
  void setLatent(std::span<const float> latent);

  int rows() const { return static_cast<int>(m_rows.size()); }
  LatentRow* row(int rank) const { return m_rows[static_cast<std::size_t>(rank)]; }  ///< 0: the most effect
  /// By dimension.
  const std::vector<bool>& locks() const { return m_locks; }
  void setAllLocked(bool locked);

 Q_SIGNALS:
  void edited(int dimension, float value);
  void dragChanged(bool held);  ///< a slider was taken or let go: what lies between is one gesture
  void resetRequested();        ///< of what is not locked
  void randomiseRequested();

 private:
  void makeRows(std::size_t count);
  void applyOrder();
  bool inHand() const;
  void updateSummary();

  std::vector<LatentRow*> m_rows;  ///< by rank
  std::vector<int> m_order;        ///< what the rows show, or will once nothing is in hand
  std::vector<bool> m_locks;
  QLabel* m_summary = nullptr;
  QPushButton* m_lockAll = nullptr;
  QScrollArea* m_scroll = nullptr;
  QVBoxLayout* m_list = nullptr;
};

}  // namespace loom
