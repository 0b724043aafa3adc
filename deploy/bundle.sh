#!/usr/bin/env bash
# Publishes the functions for deployment: artifacts/functions, for the managed runtime dotnet10 on arm64 (plain IL, which runs on
# any processor), ready for CDK's Code.FromAsset. aws-packages.json in it says which of AWS's packages it carries.
#   --standins      on the projects of src/Amazon instead of AWS's official packages (to try; deploy the official ones)
#   --ready-to-run  compiled for arm64 as well, for faster cold starts; the registry must have .NET's packs for linux-arm64
#   --zip           also artifacts/functions.zip beside it
#   --source URL    restore from that registry, where the configured one lacks a package
#   --project PATH  another project than src/Aiops.Functions
#   --out FOLDER    another folder than artifacts/functions
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

packages=nuget zip=no project=src/Aiops.Functions out=artifacts/functions more=()
while [ $# -gt 0 ]; do
  case $1 in
    --standins) packages=standins ;;
    --ready-to-run) more+=(-r linux-arm64 -p:PublishReadyToRun=true) ;;
    --zip) zip=yes ;;
    --source) more+=(--source "$2"); shift ;;
    --project) project=$2; shift ;;
    --out) out=$2; shift ;;
    *) echo "unknown option: $1" >&2; sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift
done

name=$(basename "$project")
rm -rf "$out" "$out.zip"
if ! dotnet publish "$project/$name.csproj" -c Release --self-contained false -p:UseAppHost=false \
    -p:AwsPackages=$packages -p:RunAnalyzers=false -p:DebugType=none -p:GenerateDocumentationFile=false "${more[@]}" \
    --artifacts-path "artifacts/bundling-$packages" -o "$out"; then
  [ $packages = standins ] || echo "The bundle was not made. It asks for AWS's official packages: where the registry lacks them" \
    "(NU1101, NU1102), give one that has them with --source URL, or bundle the stand-ins with --standins." >&2
  exit 1
fi

# What is really in the bundle, by its own dependency list.
awk -v packages=$packages '
  /"libraries": \{/ { inside = 1 }
  inside && match($0, /"(AWSSDK|Amazon)\.[^"\/]+\/[^"]+": \{/) { split(substr($0, RSTART + 1, RLENGTH - 5), part, "/"); id = part[1]; version = part[2] }
  inside && id && /"type":/ {
    printf "%s    { \"id\": \"%s\", \"version\": \"%s\", \"source\": \"%s\" }", sep, id, version, (/"package"/ ? "official" : "stand-in")
    sep = ",\n"; id = ""
  }
  BEGIN { printf "{\n  \"awsPackages\": \"%s\",\n  \"runtime\": \"dotnet10\",\n  \"architecture\": \"arm64\",\n  \"packages\": [\n", packages }
  END { print "\n  ]\n}" }
' "$out/$name.deps.json" > "$out/aws-packages.json"

if [ $zip = yes ]; then (cd "$out" && zip -qr "../$(basename "$out").zip" .); fi
echo "$out: $(du -sh "$out" | cut -f1), $(grep -c '"source"' "$out/aws-packages.json") of AWS's packages ($packages)"
