#include "core/training/batch_source.h"

#include <utility>
#include <vector>

#include "core/training/environment.h"

namespace loom {
namespace {

constexpr std::size_t kAhead = 2;  // batches: one may come late without anybody waiting for it

}  // namespace

BatchSource::BatchSource(const BatchStore& store, Sampler sampler, Augmenter augmenter, std::int64_t batch)
    : m_store(store),
      m_sampler(std::move(sampler)),
      m_augmenter(std::move(augmenter)),
      m_size(batch),
      m_taken(place()),
      m_thread([this](const std::stop_token& stop) { work(stop); }) {}

BatchSource::Place BatchSource::place() {
  return {.sampler = m_sampler.save(), .augment = m_augmenter.random().save(), .epochs = m_sampler.epochs()};
}

BatchSource::Made BatchSource::make() {
  Made made;
  try {
    std::vector<std::int64_t> indices(static_cast<std::size_t>(m_size));
    m_sampler.next(indices);
    made.batch = m_store.batch(indices, m_augmenter);
    made.after = place();
  } catch (...) {
    made.failure = std::current_exception();
  }
  return made;
}

void BatchSource::work(const std::stop_token& stop) {
  useThreads(1);
  while (!stop.stop_requested()) {
    Made made = make();
    const bool failed = made.failure != nullptr;
    std::unique_lock lock(m_mutex);
    if (!m_changed.wait(lock, stop, [this] { return m_ready.size() < kAhead; })) return;
    m_ready.push_back(std::move(made));
    m_changed.notify_all();
    if (failed) return;
  }
}

Batch BatchSource::next() {
  std::unique_lock lock(m_mutex);
  m_changed.wait(lock, [this] { return !m_ready.empty(); });
  if (m_ready.front().failure) std::rethrow_exception(m_ready.front().failure);
  Made made = std::move(m_ready.front());
  m_ready.pop_front();
  m_changed.notify_all();
  m_taken = std::move(made.after);
  return std::move(made.batch);
}

void BatchSource::save(std::map<std::string, std::string>& metadata) const {
  metadata["sampler"] = m_taken.sampler.dump();
  metadata["augment"] = m_taken.augment;
}

}  // namespace loom
