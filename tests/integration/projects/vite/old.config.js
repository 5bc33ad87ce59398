export default {
  build: { target: "es2022", rollupOptions: { input: ["index.html", "in_worker.html"] } },
  optimizeDeps: { exclude: ["rekognition-jobs"] },
  worker: { format: "es" },
};
