// Trains a search's trials as ordinary runs of the project.
#pragma once

#include <memory>
#include <mutex>
#include <stop_token>
#include <string>

#include "core/base/error.h"
#include "core/studio/training_session.h"
#include "core/studio/tuning.h"

namespace loom {

/// "search 2, trial 5": the note of a trial's run.
std::string trialNote(int search, int trial);

class SearchTrials final : public TrialRunner, private TrainingListener {
 public:
  /// `listener` must outlive this.
  SearchTrials(const Project& project, TuningListener& listener, std::stop_token stop);

  /// Throws Cancelled after a stop, and Error for what is not the trial's fault: the disk, or somebody else training
  /// its run.
  TrialOutcome run(const Search& search, SearchTrial& trial, const SearchTask& task,
                   const std::function<void()>& save) override;
  void ended(const Search& search, const SearchTrial& trial) override;

 private:
  void onProgress(const TrainingProgress& progress) override;
  void onPreview(const Preview& preview) override;

  bool findRun(const Search& search, SearchTrial& trial) const;
  std::unique_ptr<TrainingSession> open(const Search& search, const SearchTrial& trial, const SearchTask& task);
  TrialOutcome train(const Search& search, SearchTrial& trial, const SearchTask& task,
                     const std::function<void()>& save);
  TrialOutcome judged(const Search& search, const SearchTrial& trial, const SearchTask& task) const;
  void follow(const Search& search, const SearchTrial& trial, const SearchTask& task);
  bool isOfTheDisk(const Error& error) const;

  const Project m_project;
  TuningListener& m_listener;
  const std::stop_token m_stop;

  // What progress is measured against while a trial trains; set before its thread starts but for the run's number.
  std::mutex m_mutex;
  TuningProgress m_progress;
  std::int64_t m_expectedSteps = 0;
  std::int64_t m_otherSteps = 0;  ///< done by the other trials
  double m_otherSeconds = 0;
};

}  // namespace loom
