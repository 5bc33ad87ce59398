export default {
  serverExternalPackages: ["rekognition-jobs"],
};
