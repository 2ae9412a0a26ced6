// Batches made ahead on a thread of their own, while the networks are busy with the ones before.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "core/dataset/augment.h"
#include "core/dataset/sampler.h"
#include "core/training/batch.h"

namespace loom {

/// The order and the changes of what the store holds are those of the sampler and the augmenter given, whatever the
/// threads do: what is saved is their state after the batches *taken*, not after those made ahead.
class BatchSource {
 public:
  /// `store` must outlive the source.
  BatchSource(const BatchStore& store, Sampler sampler, Augmenter augmenter, std::int64_t batch);
  BatchSource(const BatchSource&) = delete;
  BatchSource& operator=(const BatchSource&) = delete;

  /// The next batch, waited for where it is not there yet. Throws what its making did.
  Batch next();

  /// Passes over the data in the batches taken, fractional.
  double epochs() const { return m_taken.epochs; }
  /// "sampler" and "augment", from which Sampler::restore and RandomStream::restore go on behind the batches taken.
  void save(std::map<std::string, std::string>& metadata) const;

 private:
  struct Place {
    Json sampler;
    std::string augment;
    double epochs = 0;
  };
  struct Made {
    Batch batch;
    Place after;
    std::exception_ptr failure;
  };
  Place place();
  Made make();
  void work(const std::stop_token& stop);

  const BatchStore& m_store;
  Sampler m_sampler;  ///< the worker's own, as is the augmenter
  Augmenter m_augmenter;
  std::int64_t m_size;
  Place m_taken;  ///< the taker's own
  std::mutex m_mutex;
  std::condition_variable_any m_changed;
  std::deque<Made> m_ready;
  std::jthread m_thread;  ///< last: it ends before what it uses goes
};

}  // namespace loom
