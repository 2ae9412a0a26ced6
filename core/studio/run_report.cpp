#include "core/studio/run_report.h"

#include <QByteArray>
#include <QDateTime>
#include <algorithm>
#include <filesystem>
#include <span>
#include <utility>
#include <vector>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/limits.h"
#include "core/image/codec.h"
#include "core/image/edit.h"

namespace loom {
namespace {

constexpr int kVersion = 1;

std::filesystem::path reportFile(const Project& project, const RunInfo& run) {
  return project.runFolder(run) / "report.json";
}

std::string base64(const Sprite& sprite) {
  const std::vector<std::byte> png = encodePng(sprite);
  return QByteArray(reinterpret_cast<const char*>(png.data()), static_cast<qsizetype>(png.size()))
      .toBase64()
      .toStdString();
}

Sprite spriteFrom(const std::string& text) {
  const QByteArray png = QByteArray::fromBase64(QByteArray::fromStdString(text));
  return decodeImage(std::as_bytes(std::span(png.constData(), static_cast<std::size_t>(png.size()))), "a report");
}

/// All pictures of an example beside each other: they are of one size.
Sprite strip(const EvaluationExample& example) {
  const int width = example.sprites.front().width(), height = example.sprites.front().height();
  Sprite all(width * static_cast<int>(example.sprites.size()), height);
  int x = 0;
  for (const Sprite& sprite : example.sprites) paste(all, sprite, std::exchange(x, x + width), 0);
  return all;
}

Json exampleAsJson(const EvaluationExample& example) {
  return {{"caption", example.caption}, {"copy", example.isCopy}, {"picture", base64(strip(example))}};
}

EvaluationExample exampleFrom(const Json& json, std::size_t columns) {
  EvaluationExample example{.caption = json.at("caption"), .isCopy = json.at("copy")};
  const Sprite all = spriteFrom(json.at("picture"));
  const int width = all.width() / static_cast<int>(columns);
  for (int i = 0; std::cmp_less(i, columns); ++i) {
    example.sprites.push_back(cropped(all, {i * width, 0, width, all.height()}));
  }
  return example;
}

Json asJson(const RunReport& report) {
  const RunEvaluation& evaluation = report.evaluation;
  Json json = {{"version", kVersion},
               {"against", report.against},
               {"seed", report.seed},
               {"taken", report.taken},
               {"sprites", evaluation.sprites},
               {"characters", evaluation.characters},
               {"training", evaluation.training},
               {"seen", evaluation.seen},
               {"step", evaluation.step},
               {"columns", evaluation.columns},
               {"measures", Json::array()},
               {"examples", Json::array()}};
  for (const Measure& measure : evaluation.measures) json["measures"].push_back(measureAsJson(measure));
  for (const EvaluationExample& example : evaluation.examples) json["examples"].push_back(exampleAsJson(example));
  return json;
}

RunReport reportFrom(const Json& json) {
  RunReport report{.against = json.at("against"), .seed = json.at("seed"), .taken = json.at("taken")};
  RunEvaluation& evaluation = report.evaluation;
  evaluation.sprites = json.at("sprites");
  evaluation.characters = json.at("characters");
  evaluation.training = json.at("training");
  evaluation.seen = json.at("seen");
  evaluation.step = json.at("step");
  evaluation.columns = json.at("columns").get<std::vector<std::string>>();
  for (const Json& measure : json.at("measures")) evaluation.measures.push_back(measureFromJson(measure));
  for (const Json& example : json.at("examples")) {
    evaluation.examples.push_back(exampleFrom(example, std::max<std::size_t>(1, evaluation.columns.size())));
  }
  return report;
}

}  // namespace

RunReport makeReport(const Project& project, const RunInfo& run, const EvaluateOptions& options, JobMonitor& monitor) {
  return {.evaluation = evaluateRun(project, run, options, monitor),
          .against = options.against.value_or(""),
          .seed = options.seed,
          .taken = QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toStdString()};
}

void saveReport(const Project& project, const RunInfo& run, const RunReport& report) {
  writeFileAtomically(reportFile(project, run), asJson(report).dump() + "\n");
}

std::optional<RunReport> loadReport(const Project& project, const RunInfo& run) {
  const std::filesystem::path file = reportFile(project, run);
  if (!std::filesystem::exists(file)) return {};
  try {
    const Json json = parseJson(readTextFile(file, limits::kMaxJsonBytes), file.string());
    if (json.at("version") != kVersion) return {};
    return reportFrom(json);
  } catch (const Json::exception&) {
    return {};  // it can be made again
  } catch (const Error&) {
    return {};
  }
}

std::int64_t stepsSince(const Project& project, const RunInfo& run, const RunReport& report) {
  const std::optional<CheckpointInfo> newest = newestCheckpoint(project, run);
  return newest ? std::max<std::int64_t>(0, newest->step - report.evaluation.step) : 0;
}

}  // namespace loom
