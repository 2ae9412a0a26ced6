// Measures taken while a run trains.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/tensor_file.h"
#include "core/dataset/starter.h"
#include "core/studio/runs.h"
#include "core/studio/training_session.h"
#include "core/training/run_measures.h"
#include "tests/base/temp_folder.h"

namespace loom {
namespace {

constexpr double kAtOnce = .0001;  // minutes

class RunMeasuresTest : public testing::Test {
 protected:
  RunMeasuresTest() {
    JobMonitor monitor;
    addStarterSet(m_project, 12, 3, monitor);
  }
  TrainingRequest request(double every, const std::string& preset = "conditional-dcgan") const {
    TrainingRequest request;
    request.preset = preset;
    request.settings = {{"size", 16}, {"features", 4}, {"latent", 6}, {"batch", 8}, {"measure_every", every}};
    request.steps = 12;
    request.seed = 5;
    request.device = "cpu";
    request.precision = "fp32";
    return request;
  }
  int train(const TrainingRequest& request) {
    TrainingListener nobody;
    JobMonitor monitor;
    const auto session = TrainingSession::start(m_project, request, nobody, monitor);
    session->wait();
    return session->run();
  }
  /// All values of a measure that were taken.
  std::vector<float> taken(int run, const std::string& name) const {
    const MetricSeries series = m_project.catalogue().metrics(run);
    const auto column = static_cast<std::size_t>(std::ranges::find(series.names, name) - series.names.begin());
    std::vector<float> values;
    for (const MetricRow& row : series.rows) {
      if (column < row.values.size() && !std::isnan(row.values[column])) values.push_back(row.values[column]);
    }
    return values;
  }
  TensorFile weights(int run) const {
    return loadTensorFile(newestCheckpoint(m_project, m_project.catalogue().run(run))->file);
  }
  TempFolder m_folder;
  Project m_project = Project::create(m_folder / "p.loom");
};

TEST_F(RunMeasuresTest, AreAmongTheMetricsOfARun) {
  const int run = train(request(kAtOnce));
  for (const std::string& name : runMeasureNames()) {
    const std::vector<float> values = taken(run, name);
    ASSERT_FALSE(values.empty()) << name;
    EXPECT_TRUE(std::ranges::all_of(values, [](float value) { return std::isfinite(value); })) << name;
  }
  EXPECT_GT(taken(run, "kid").front(), 0) << "a generator that has learned nothing is far off";
  EXPECT_GT(taken(run, "swd").front(), 0);
  EXPECT_GE(taken(run, "coverage").front(), 0);
  EXPECT_LE(taken(run, "coverage").front(), 1);
  EXPECT_EQ(taken(run, "copies").front(), 0) << "noise copies nothing";
}

TEST_F(RunMeasuresTest, OfWholeCharactersAreTakenToo) {
  const int run = train(request(kAtOnce, "hero"));
  EXPECT_FALSE(taken(run, "coverage").empty());
}

TEST_F(RunMeasuresTest, ChangeNothingInWhatIsLearned) {
  const TensorFile with = weights(train(request(kAtOnce))), without = weights(train(request(0)));
  ASSERT_EQ(with.tensors.size(), without.tensors.size());
  for (const auto& [name, tensor] : with.tensors) EXPECT_EQ(tensor.bytes, without.tensors.at(name).bytes) << name;
}

TEST_F(RunMeasuresTest, GoOnWhenTheRunIsResumedAndAreNoColumnsWhereSwitchedOff) {
  const int run = train(request(kAtOnce)), off = train(request(0));
  const std::size_t before = taken(run, "kid").size();
  TrainingListener nobody;
  JobMonitor monitor;
  TrainingSession::resume(m_project, {.run = run, .steps = 16, .epochs = {}, .minutes = {}}, nobody, monitor)->wait();
  EXPECT_GT(taken(run, "kid").size(), before);
  const std::vector<std::string> names = m_project.catalogue().metrics(off).names;
  EXPECT_EQ(std::ranges::count_if(names, isRunMeasure), 0);
}

TEST_F(RunMeasuresTest, OfTooFewCharactersAreNotTaken) {
  const Project few = Project::create(m_folder / "few.loom");
  JobMonitor monitor;
  addStarterSet(few, 3, 3, monitor);
  TrainingListener nobody;
  const auto session = TrainingSession::start(few, request(kAtOnce), nobody, monitor);
  EXPECT_EQ(session->wait().steps, 12);
  const MetricSeries series = few.catalogue().metrics(session->run());
  const auto column = static_cast<std::size_t>(std::ranges::find(series.names, "kid") - series.names.begin());
  for (const MetricRow& row : series.rows) EXPECT_TRUE(std::isnan(row.values.at(column))) << row.step;
}

TEST_F(RunMeasuresTest, AreTakenOfAutoencodersToo) {
  TrainingRequest asked = request(kAtOnce, "cvae");
  asked.settings["held_out"] = .4;
  EXPECT_FALSE(taken(train(asked), "coverage").empty());
}

}  // namespace
}  // namespace loom
